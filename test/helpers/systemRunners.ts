import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { LocalConfig } from '../../src/daemon/localConfig.js';
import { packageRoot } from '../../src/daemon/resolveHome.js';
import { describeProcesses } from '../../src/daemon/services/describeProcesses.js';
import { processNames, type ProcessName } from '../../src/daemon/services/processNames.js';
import type { TestStores } from './openStores.js';
import type { Cli, CliRun } from './runCli.js';

const START_DEADLINE_MS = 60_000;
const STOP_DEADLINE_MS = 20_000;
/** A command waits for what it asked pm2 for; one that takes this long waits for something that does not come. */
const COMMAND_DEADLINE_MS = 120_000;

/** What holds the processes of a test's system. */
export interface Runner {
  pids(name: ProcessName): Promise<readonly number[]>;
  restart(name: ProcessName): Promise<void>;
  stop(): Promise<void>;
}

/** As an operator runs it: `spikectl daemon`. */
export async function runUnderPm2(operator: Cli, env: Record<string, string>): Promise<Runner> {
  const signalAfterMs = { signal: 'SIGKILL', ms: COMMAND_DEADLINE_MS } as const;
  const run = async (args: string[]) => {
    const ran = await operator.run([...args, '--json'], { env, signalAfterMs });
    if (ran.code !== null) return requireSuccess(ran);
    throw new Error(
      `spikectl ${args.join(' ')} did not end within ${COMMAND_DEADLINE_MS} ms:\n${ran.stdout}${ran.stderr}`,
    );
  };
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

/** As plain children of this process. */
export async function runAsChildren(home: string, local: LocalConfig, stores: TestStores): Promise<Runner> {
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
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`${name} ended with ${code} before it was ready`));
    });
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
  return child?.exitCode === null && child.signalCode === null;
}

export function requireSuccess(run: CliRun): CliRun {
  if (run.code !== 0) throw new Error(`spikectl ended with ${run.code}:\n${run.stdout}${run.stderr}`);
  return run;
}
