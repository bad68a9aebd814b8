import { isRunning } from '../processIdentity.js';
import { probeStore } from './probeStore.js';
import { privateUrl, storeNames, storeUrlVariables, withoutPassword, type StoreName } from './store.js';
import { startTimeLeftMs } from './startTimeLeftMs.js';
import { readStoreState } from './storeState.js';

/**
 * `stopped`: nothing runs; `starting`: its processes live but it does not answer yet; `unreachable`: a configured one is
 * away, or a private one does not answer although it should have long since.
 */
type StoreStatus = 'running' | 'starting' | 'stopped' | 'unreachable';

export interface MiddlewareStatus {
  name: StoreName;
  /** Without its password; null for a store that was never started. */
  url: string | null;
  version: string | null;
  status: StoreStatus;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** How each store does, found by asking it. */
export async function middlewareStatus(options: {
  home: string;
  environment: Environment;
}): Promise<readonly MiddlewareStatus[]> {
  return Promise.all(storeNames.map((name) => storeStatus(name, options)));
}

/** The URL of each store with its password, as the services need it; undefined for one that was never started. */
export async function middlewareUrls(options: {
  home: string;
  environment: Environment;
}): Promise<Readonly<Record<StoreName, string | undefined>>> {
  const [mysql, redis, rabbitmq] = await Promise.all(storeNames.map((name) => storeUrl(name, options)));
  return { mysql, redis, rabbitmq };
}

async function storeUrl(
  name: StoreName,
  { home, environment }: { home: string; environment: Environment },
): Promise<string | undefined> {
  const configured = environment[storeUrlVariables[name]];
  if (configured) return configured;
  const state = await readStoreState(home, name);
  return state && privateUrl(name, state);
}

async function storeStatus(
  name: StoreName,
  options: { home: string; environment: Environment },
): Promise<MiddlewareStatus> {
  const url = await storeUrl(name, options);
  if (url === undefined) return { name, url: null, version: null, status: 'stopped' };
  const shown = withoutPassword(url);
  try {
    return { name, url: shown, version: await probeStore(name, url), status: 'running' };
  } catch {
    return { name, url: shown, version: null, status: await silentStatus(name, options) };
  }
}

async function silentStatus(
  name: StoreName,
  { home, environment }: { home: string; environment: Environment },
): Promise<StoreStatus> {
  if (environment[storeUrlVariables[name]]) return 'unreachable';
  const processes = (await readStoreState(home, name))?.processes ?? [];
  const alive = await Promise.all(processes.map(isRunning));
  if (alive.length === 0 || !alive.every(Boolean)) return 'stopped';
  return (await startTimeLeftMs(home, name)) > 0 ? 'starting' : 'unreachable';
}
