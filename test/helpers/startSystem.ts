import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { settings } from '../../src/config/settings.js';
import { findFreePort } from '../../src/daemon/findFreePort.js';
import { writeLocalConfig, type LocalConfig } from '../../src/daemon/localConfig.js';
import { processUrl } from '../../src/daemon/services/checkPorts.js';
import { portSettings, processNames, type ProcessName } from '../../src/daemon/services/processNames.js';
import { packageRoot } from '../../src/daemon/resolveHome.js';
import { ensureAdmin } from '../../src/stores/mysql/admins.js';
import type { TestStores } from './openStores.js';
import { createCli, type CliRun } from './runCli.js';
import { requireSuccess, runAsChildren, runUnderPm2, type Runner } from './systemRunners.js';
import { testMiddleware } from './testMiddleware.js';

const START_DEADLINE_MS = 90_000;
const POLL_MS = 50;

export interface SystemOptions {
  stores: TestStores;
  /** `pm2`: as `spikectl daemon` runs it, restarts included. `children`: plain processes, which stay dead when killed. */
  under: 'pm2' | 'children';
  /** Settings by environment variable. */
  environment?: Readonly<Record<string, string>>;
}

/** The five services and the ingress as real processes from `dist`, on free ports, on the stores of a test. */
export interface TestSystem {
  /** By process; `ingress` is the one URL for all public routes. */
  urls: Readonly<Record<ProcessName, string>>;
  /** Holds local.json, the logs and, under pm2, the daemon's folder. */
  home: string;
  local: LocalConfig;
  admin: { username: string; password: string };
  /** The operator: logged in as the admin, and on the home of this system. */
  cli(args: string[]): Promise<CliRun>;
  /** In this environment a `spikectl` that is typed by hand means this system and this operator. */
  operatorEnvironment: Readonly<Record<string, string>>;
  /** The processes that run under a name, first the oldest. */
  pids(name: ProcessName): Promise<readonly number[]>;
  /** Sends a signal to every process of that name. */
  kill(name: ProcessName, signal: NodeJS.Signals): Promise<void>;
  /** Starts a child that has ended again; pm2 does that by itself. */
  restart(name: ProcessName): Promise<void>;
  /** Until every process says that its stores answer. */
  waitUntilReady(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a whole system; `stop` ends it and removes its folder. What a killed test run leaves, the middleware host ends. */
export async function startSystem(options: SystemOptions): Promise<TestSystem> {
  const { stores, under } = options;
  requireBuild();
  const systems = path.join(testMiddleware().home, 'systems');
  await mkdir(systems, { recursive: true });
  const home = await mkdtemp(path.join(systems, 's'));
  const environment = { ...(await freePorts()), ...storeEnvironment(stores), SPIKE_HOME: home, ...options.environment };
  const local = await writeLocalConfig(home, { environment });
  const admin = { username: 'admin', password: randomBytes(12).toString('hex') };
  await ensureAdmin(stores.sequelize, admin);
  const urls = Object.fromEntries(processNames.map((name) => [name, processUrl(name, local.environment)]));
  const operator = await createCli();
  const cli = (args: string[], input?: string) =>
    operator.run(args, { env: environment, ...(input === undefined ? {} : { input }) });
  const cleanUp = async () => {
    await operator.remove();
    await rm(home, { recursive: true, force: true });
  };
  let runner: Runner | undefined;
  try {
    runner = under === 'pm2' ? await runUnderPm2(operator, environment) : await runAsChildren(home, local, stores);
    await waitUntilReady(urls as TestSystem['urls']);
    const login = ['login', '--url', urls.ingress ?? '', '--username', admin.username, '--password-stdin'];
    requireSuccess(await cli(login, `${admin.password}\n`));
  } catch (error) {
    await runner?.stop();
    await cleanUp();
    throw error;
  }
  const running = runner;
  return {
    urls: urls as TestSystem['urls'],
    home,
    local,
    admin,
    cli,
    operatorEnvironment: { ...environment, SPIKE_CONFIG_DIR: operator.configDirectory },
    pids: (name) => running.pids(name),
    restart: (name) => running.restart(name),
    async kill(name, signal) {
      for (const pid of await running.pids(name)) process.kill(pid, signal);
    },
    waitUntilReady: () => waitUntilReady(urls as TestSystem['urls']),
    async stop() {
      await running.stop();
      await cleanUp();
    },
  };
}

async function waitUntilReady(urls: TestSystem['urls']): Promise<void> {
  const deadline = performance.now() + START_DEADLINE_MS;
  for (const [name, url] of Object.entries(urls)) {
    const probe = `${url}${name === 'ingress' ? '/healthz' : '/readyz'}`;
    while (!(await answers(probe))) {
      if (performance.now() > deadline) throw new Error(`The ${name} process is not ready at ${probe}.`);
      await sleep(POLL_MS);
    }
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

function storeEnvironment(stores: TestStores): Record<string, string> {
  return {
    [settings.mysqlUrl.env]: stores.mysqlUrl,
    [settings.redisUrl.env]: stores.redisUrl,
    [settings.rabbitmqUrl.env]: stores.rabbitmqUrl,
    [settings.redisKeyPrefix.env]: stores.redisKeyPrefix,
  };
}

async function freePorts(): Promise<Record<string, string>> {
  const ports = new Set<number>();
  while (ports.size < processNames.length) ports.add(await findFreePort());
  const drawn = [...ports];
  return Object.fromEntries(
    processNames.map((name, index) => [settings[portSettings[name]].env, String(drawn[index])]),
  );
}

function requireBuild(): void {
  if (existsSync(path.join(packageRoot(), 'dist', 'cli', 'main.js'))) return;
  throw new Error('These tests run the built services. Build them first: npm run build (npm test does it by itself)');
}
