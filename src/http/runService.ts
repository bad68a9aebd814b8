import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { hostname } from 'node:os';
import { ConfigError, loadConfig } from '../config/loadConfig.js';
import { sharedSettings, type PortSetting, type SharedSetting } from '../config/serviceSettings.js';
import { settings, type Config, type SettingName } from '../config/settings.js';
import type { RedisStore } from '../stores/redis/connectRedis.js';
import { createLog, type Log } from './createLog.js';
import { createLifecycle, type Lifecycle } from './lifecycle.js';
import { createMetrics, type Metrics } from './metrics.js';
import { createProcessReporter } from './createProcessReporter.js';
import type { Route } from './router.js';
import { ListenError, startService, type RunningService } from './startService.js';

/** What `runService` hands to a service that is being built. */
export interface ServiceContext<Name extends SettingName = SharedSetting> {
  config: Pick<Config, Name | SharedSetting>;
  log: Log;
  metrics: Metrics;
  lifecycle: Lifecycle;
}

/** What a service gives back: how to answer, and how to let go of its stores. */
export interface BuiltService {
  /** All that it answers. */
  routes: readonly Route[];
  listener: RequestListener;
  /** See `App.waitForStores`: pm2 hears `ready` only after it, so that a reload hands over to a process that can work. */
  waitForStores(withinMs: number): Promise<string[]>;
  /** Where the process says how it does. */
  redis: RedisStore;
  /** Purchases by latency since the start, of a service that sells. */
  purchaseLatencies?: () => Float64Array;
  /** Ends answers that would go on for ever, when the process begins to stop. */
  endStreams?: () => void;
  close(): Promise<void>;
}

export interface RunServiceOptions<Name extends SettingName> {
  name: string;
  settings: readonly Name[];
  portSetting: PortSetting;
  build(context: ServiceContext<Name>): BuiltService | Promise<BuiltService>;
  process: NodeJS.Process;
}

/** Exit codes as everywhere in the project: 1 failed, 2 configuration. */
const EXIT_FAILED = 1;
const EXIT_CONFIGURATION = 2;
/** A process that starts without a store still answers what needs none, and says which one is away. */
const STORES_WAIT_MS = 3_000;
/** What the stores may take to say goodbye after the drain; past it the process ends without. */
const CLOSE_DEADLINE_MS = 2_000;

/**
 * The life of a service's process: read the settings, build, listen, tell pm2 `ready`; on SIGINT, SIGTERM or pm2's
 * `shutdown` drain within the deadline and exit 0, a repeated one changes nothing. An error that nobody handled ends the process
 * with 1: its state is unknown, and pm2 starts another.
 *
 * The one place that touches the process; `main.ts` of each service hands it in.
 */
export async function runService<Name extends SettingName>(options: RunServiceOptions<Name>): Promise<void> {
  const { name, portSetting, process } = options;
  const read = [...sharedSettings, ...options.settings, portSetting];
  const config = readConfig(read, process) as Config | undefined;
  if (config === undefined) return process.exit(EXIT_CONFIGURATION);

  const log = createLog({ service: name, level: config.logLevel, file: config.logFile });
  const instance = process.env.NODE_APP_INSTANCE ?? '0';
  const version = readVersion();
  const metrics = createMetrics({ service: name, instance, version });
  const lifecycle = createLifecycle();
  const fail = (error: unknown, what: string) => {
    log.fatal({ err: error }, what);
    process.exit(EXIT_FAILED);
  };
  process.on('uncaughtException', (error) => fail(error, 'an error that nobody handled'));
  process.on('unhandledRejection', (reason) => fail(reason, 'a rejection that nobody handled'));
  try {
    const built = await options.build({ config, log, metrics, lifecycle });
    const { redis, purchaseLatencies } = built;
    const identity = {
      service: name,
      instance,
      host: hostname(),
      version,
      restarts: restartsOf(process),
    };
    const reporter = createProcessReporter({ ...identity, redis, log, purchaseLatencies });
    const running = await startService({
      ...config,
      ...built,
      close: async () => {
        await reporter.stop();
        await built.close();
      },
      port: config[portSetting],
      portVariable: settings[portSetting].env,
      lifecycle,
      log,
    });
    stopOnSignal(process, running, log, fail, config.drainDeadlineMs + CLOSE_DEADLINE_MS);
    const away = await built.waitForStores(STORES_WAIT_MS);
    if (away.length > 0) log.warn({ stores: away }, 'started without these stores; they are tried again and again');
    process.send?.('ready');
  } catch (error) {
    if (error instanceof ListenError) {
      log.fatal(error.message);
      process.exit(EXIT_CONFIGURATION);
    }
    fail(error, 'could not start');
  }
}

function readConfig(names: readonly SettingName[], process: NodeJS.Process): Partial<Config> | undefined {
  try {
    return loadConfig(names, { environment: process.env }).config;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return undefined;
  }
}

function readVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return version;
}

/** pm2 tells each process it starts how often it has restarted it. */
function restartsOf({ env }: NodeJS.Process): number | undefined {
  const restarts = Number.parseInt(env.restart_time ?? '', 10);
  return Number.isNaN(restarts) ? undefined : restarts;
}

function stopOnSignal(
  process: NodeJS.Process,
  running: RunningService,
  log: Log,
  fail: (error: unknown, what: string) => void,
  deadlineMs: number,
): void {
  let isStopping = false;
  const stop = (why: string) => {
    if (isStopping) return;
    isStopping = true;
    log.info({ why }, 'stopping');
    setTimeout(() => fail(new Error('the stores did not close'), 'could not stop cleanly'), deadlineMs).unref();
    running.stop().then(
      () => {
        log.info('stopped');
        process.exit(0);
      },
      (error: unknown) => fail(error, 'could not stop cleanly'),
    );
  };
  process.on('SIGINT', () => stop('SIGINT'));
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('message', (message) => {
    if (message === 'shutdown') stop('shutdown message');
  });
  // The parent is gone without a word: whoever starts the service anew finds its port free.
  process.on('disconnect', () => stop('the parent process is gone'));
}
