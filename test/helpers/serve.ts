import { expect } from '@jest/globals';
import { allSettingNames, loadConfig } from '../../src/config/loadConfig.js';
import type { Config } from '../../src/config/settings.js';
import { createLog } from '../../src/http/createLog.js';
import { createLifecycle } from '../../src/http/lifecycle.js';
import { createMetrics } from '../../src/http/metrics.js';
import type { Route } from '../../src/http/router.js';
import type { BuiltService, ServiceContext } from '../../src/http/runService.js';
import { startService } from '../../src/http/startService.js';
import type { TestStores } from './openStores.js';

export interface Served {
  url: string;
  routes: readonly Route[];
  config: Config;
  stop(): Promise<void>;
}

/**
 * Every setting: the stores of the suite, secrets of its own, and the defaults, but for the patience with stores and broker: a
 * machine that is busy with other things is no fault of what is tested, and a store that is away refuses at once.
 */
export function testConfig(stores: TestStores, overrides: Partial<Config> = {}): Config {
  const secretOf = (name: string) => `${name}-of-a-test-and-of-nothing-else`;
  const flags = {
    environment: 'local',
    logLevel: process.env.SPIKE_TEST_LOG_LEVEL ?? 'silent',
    mysqlUrl: stores.mysqlUrl,
    redisUrl: stores.redisUrl,
    redisKeyPrefix: stores.redisKeyPrefix,
    rabbitmqUrl: stores.rabbitmqUrl,
    userJwtSecret: secretOf('userJwtSecret'),
    adminJwtSecret: secretOf('adminJwtSecret'),
    ticketSecret: secretOf('ticketSecret'),
    serviceToken: secretOf('serviceToken'),
    nationalIdKey: '0123456789abcdef'.repeat(4),
    storeTimeoutMs: 10_000,
    publishConfirmTimeoutMs: 10_000,
    ...overrides,
  };
  return loadConfig(allSettingNames, { flags }).config;
}

/**
 * Runs a service inside the test, on a port of its own, over real HTTP.
 *
 * @param options.service as which it tells its metrics
 * @param options.storesWithinMs how long to wait for its stores; 0 for a test in which one is away
 */
export async function serve(
  build: (context: ServiceContext<keyof Config>) => BuiltService | Promise<BuiltService>,
  config: Config,
  { storesWithinMs = 30_000, service = 'test' } = {},
): Promise<Served> {
  const log = createLog({ service: 'test', level: config.logLevel });
  const metrics = createMetrics({ service, instance: '0', version: '1.2.3' });
  const lifecycle = createLifecycle();
  const built = await build({ config, log, metrics, lifecycle });
  const { host, requestTimeoutMs, drainDeadlineMs } = config;
  const running = await startService({
    host,
    requestTimeoutMs,
    drainDeadlineMs,
    port: 0,
    portVariable: '(a free port)',
    lifecycle,
    log,
    ...built,
  });
  const stop = async () => {
    await running.stop();
    metrics.close();
  };
  try {
    if (storesWithinMs > 0) expect(await built.waitForStores(storesWithinMs)).toEqual([]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `http://${host}:${running.port}`, routes: built.routes, config, stop };
}
