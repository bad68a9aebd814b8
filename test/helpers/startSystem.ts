import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { settings } from '../../src/config/settings.js';
import { findFreePort } from '../../src/daemon/findFreePort.js';
import { writeLocalConfig, type LocalConfig } from '../../src/daemon/localConfig.js';
import { processUrl } from '../../src/daemon/services/checkPorts.js';
import { describeProcesses } from '../../src/daemon/services/describeProcesses.js';
import { portSettings, processNames, type ProcessName } from '../../src/daemon/services/processNames.js';
import { packageRoot } from '../../src/daemon/resolveHome.js';
import { ensureAdmin } from '../../src/stores/mysql/admins.js';
import type { TestStores } from './openStores.js';
import { createCli, type Cli, type CliRun } from './runCli.js';
import { testMiddleware } from './testMiddleware.js';

const START_DEADLINE_MS = 30_000;
const STOP_DEADLINE_MS = 20_000;
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

interface Runner {
  pids(name: ProcessName): Promise<readonly number[]>;
  restart(name: ProcessName): Promise<void>;
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
    pids: running.pids,
    restart: running.restart,
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

async function runUnderPm2(operator: Cli, env: Record<string, string>): Promise<Runner> {
  const run = async (args: string[]) => requireSuccess(await operator.run([...args, '--json'], { env }));
  try {
    await run(['daemon']);
  } catch (error) {
    await run(['daemon', 'stop']);
    throw error;
  }
  return {
    async pids(name) {
      const { services } = (await run(['daemon', 'status'])).json() as { services: { name: string; pids: number[] }[] };
      return services.find((service) => service.name === name)?.pids ?? [];
    },
    restart: async (name) => void (await run(['daemon', 'restart', name])),
    stop: async () => void (await run(['daemon', 'stop'])),
  };
}

async function runAsChildren(home: string, local: LocalConfig, stores: TestStores): Promise<Runner> {
  const storeUrls = { mysql: stores.mysqlUrl, redis: stores.redisUrl, rabbitmq: stores.rabbitmqUrl };
  const described = describeProcesses({ root: packageRoot(), home, local, storeUrls, interpreter: process.execPath });
  const children = new Map<ProcessName, ChildProcess>();
  await mkdir(path.join(home, 'logs'), { recursive: true });
  const start = async (name: ProcessName) => {
    const { script, env } = described.find((process) => process.name === name)!;
    // The channel between us is what tells a child that we are gone: then it ends too.
    const child = fork(script, [], { env: { ...env }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] });
    children.set(name, child);
    await untilReady(name, child);
  };
  const stop = async () => void (await Promise.all([...children.values()].map(stopChild)));
  try {
    await Promise.all(processNames.map(start));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    pids: (name) => Promise.resolve(isAlive(children.get(name)) ? [children.get(name)!.pid!] : []),
    restart: async (name) => {
      await stopChild(children.get(name)!);
      await start(name);
    },
    stop,
  };
}

function untilReady(name: string, child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${name} was not ready in time`)), START_DEADLINE_MS);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code} before it was ready`)));
    child.on('message', (message) => {
      if (message !== 'ready') return;
      clearTimeout(timer);
      resolve();
    });
  });
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (!isAlive(child)) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS);
  await ended;
  clearTimeout(timer);
}

function isAlive(child: ChildProcess | undefined): boolean {
  return child !== undefined && child.exitCode === null && child.signalCode === null;
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

function requireSuccess(run: CliRun): CliRun {
  if (run.code !== 0) throw new Error(`spikectl ended with ${run.code}:\n${run.stdout}${run.stderr}`);
  return run;
}

function requireBuild(): void {
  if (existsSync(path.join(packageRoot(), 'dist', 'cli', 'main.js'))) return;
  throw new Error('These tests run the built services. Build them first: npm run build (npm test does it by itself)');
}
