import type { Logger } from 'pino';
import { createRedisClient, type RedisClient } from './createRedisClient.js';
import { createKeys, type Keys } from './keys.js';
import { loadScripts, type ScriptName } from './loadScript.js';

export interface RedisOptions {
  /** As `parseRedisUrl` reads it. */
  url: string;
  keyPrefix: string;
  /** A command that takes longer fails. */
  commandTimeoutMs: number;
  log: Logger;
}

/** One connection for commands and the key names that go with it. */
export interface RedisStore {
  readonly client: RedisClient;
  readonly keys: Keys;
  /** Runs a script by name; EVALSHA first, EVAL when the server does not know it (after a restart, say). */
  run(script: ScriptName, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown>;
  close(): Promise<void>;
}

const RECONNECT_DELAY_MAX_MS = 500;

/**
 * A connection on which every command has failed for so many times the time of one is dropped: a server whose machine lost
 * its power does not close it, and TCP would give it up a quarter of an hour later.
 */
const SILENT_TIMEOUTS_MAX = 2;

/** Nothing is ever asked on a subscription, so that only the system's own probes find out (then ten more, a second apart). */
const KEEP_ALIVE_MS = 5_000;

/**
 * Connects lazily and for ever: a server that is away makes commands fail at once (nothing waits in a queue of its own, where
 * it would be sent long after its buyer has gone), and a server that comes back is found within half a second. A command
 * whose answer was lost with its connection is never repeated, since it may have been carried out.
 */
export function connectRedis(options: RedisOptions): RedisStore {
  const client = createRedisClient(options.url, {
    ...connectionOptions(options),
    commandTimeout: options.commandTimeoutMs,
  });
  reportState(client, options.log, 'redis');
  for (const [name, lua] of Object.entries(loadScripts())) client.defineCommand(name, { lua });
  const scripts = client as unknown as Record<ScriptName, (...args: unknown[]) => Promise<unknown>>;
  return {
    client,
    keys: createKeys(options.keyPrefix),
    run: (script, keys, args) => scripts[script](keys.length, ...keys, ...args),
    close: () => closeClient(client),
  };
}

/**
 * Listens for changes of events: a unit that returned, a pause, new limits.
 *
 * @param onChange called with the event's id, and with undefined whenever changes may have been missed (each time the
 *   connection is made or lost): then nothing that was known may be trusted
 */
export function subscribeToChanges(
  options: RedisOptions,
  onChange: (eventId: string | undefined) => void,
): { close(): Promise<void> } {
  const client = createRedisClient(options.url, { ...connectionOptions(options), enableOfflineQueue: true });
  reportState(client, options.log, 'redis subscription');
  const channel = createKeys(options.keyPrefix).changes();
  client.on('message', (_channel, eventId: string) => onChange(eventId));
  client.on('close', () => onChange(undefined));
  client.on('ready', () => {
    client.subscribe(channel).then(
      () => onChange(undefined),
      (error: unknown) => options.log.warn({ error: describe(error) }, 'cannot subscribe to changes'),
    );
  });
  return { close: () => closeClient(client) };
}

function connectionOptions(options: RedisOptions) {
  return {
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    autoResubscribe: false,
    connectTimeout: options.commandTimeoutMs,
    retryDelayMs: (attempt: number) => Math.min(attempt * 50, RECONNECT_DELAY_MAX_MS),
    socketTimeout: options.commandTimeoutMs * SILENT_TIMEOUTS_MAX,
    keepAlive: KEEP_ALIVE_MS,
    noDelay: true,
  };
}

function reportState(client: RedisClient, log: Logger, name: string): void {
  let isAway = false;
  client.on('error', (error: Error) => {
    if (!isAway) log.warn({ error: describe(error) }, `${name} is not reachable; trying again`);
    isAway = true;
  });
  client.on('ready', () => {
    if (isAway) log.info(`${name} is back`);
    isAway = false;
  });
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}

async function closeClient(client: RedisClient): Promise<void> {
  if (client.status === 'ready') await client.quit().catch(() => undefined);
  // Also after `quit`, which leaves the connections to Sentinels open.
  client.disconnect();
}
