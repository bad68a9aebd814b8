import { promisify } from 'node:util';
import { OperatorError } from '../operatorError.js';
import { findPm2Daemon, pm2Environment, pm2LogFile } from './pm2Daemon.js';
import type { ProcessDescription } from './describeProcesses.js';

/** What a daemon knows it tells in milliseconds; one that takes this long does nothing any more, and pm2's client waits for ever. */
const ANSWER_DEADLINE_MS = 15_000;

/** What pm2 tells of one process, as far as it is used here. */
export interface Pm2Process {
  name?: string;
  pid?: number;
  pm_id?: number;
  monit?: { memory?: number; cpu?: number };
  pm2_env?: { status?: string; restart_time?: number; pm_uptime?: number; exit_code?: number };
}

export interface Pm2 {
  list(): Promise<readonly Pm2Process[]>;
  start(processes: readonly ProcessDescription[]): Promise<void>;
  restart(name: string): Promise<void>;
  reload(name: string): Promise<void>;
  delete(name: string): Promise<void>;
  scale(name: string, instances: number): Promise<void>;
}

/** pm2's client, with the parts that its type declarations lack. */
interface Pm2Client {
  connect(callback: (error: Error | null) => void): void;
  disconnect(callback: () => void): void;
  list(callback: (error: Error | null, list: Pm2Process[]) => void): void;
  start(file: { apps: readonly ProcessDescription[] }, callback: (error: Error | null) => void): void;
  restart(name: string, callback: (error: Error | null) => void): void;
  reload(name: string, callback: (error: Error | null) => void): void;
  delete(name: string, callback: (error: Error | null) => void): void;
  scale(name: string, instances: number, callback: (error: Error | null) => void): void;
}

/**
 * Runs the action with a client of the running pm2 daemon of this home, and lets go of it afterwards.
 *
 * pm2 reads where its daemon is from the environment, once, when it is loaded: a process can talk to the pm2 of one home only.
 *
 * @throws OperatorError DAEMON_SILENT when the daemon lives and does not answer
 */
export async function withPm2<T>(home: string, action: (pm2: Pm2) => Promise<T>): Promise<T> {
  Object.assign(process.env, pm2Environment(home));
  const client = (await import('pm2')).default as unknown as Pm2Client;
  await answered(home, promisify(client.connect.bind(client))());
  try {
    return await action(createPm2(home, client));
  } finally {
    await answered(home, new Promise<void>((resolve) => client.disconnect(() => resolve())));
  }
}

async function answered<T>(home: string, asked: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ANSWER_DEADLINE_MS);
  });
  try {
    const answer = await Promise.race([asked.then((value) => ({ value })), late]);
    if (answer !== undefined) return answer.value;
  } finally {
    clearTimeout(timer);
  }
  throw await silentError(home);
}

async function silentError(home: string): Promise<OperatorError> {
  const pid = (await findPm2Daemon(home))?.pid;
  return new OperatorError({
    code: 'DAEMON_SILENT',
    message: `The pm2 daemon${pid === undefined ? '' : ` (process ${pid})`} does not answer; its log: ${pm2LogFile(home)}`,
    suggestions:
      pid === undefined ? ['spikectl daemon'] : [`kill -9 ${pid}   (its services end with it)`, 'spikectl daemon'],
  });
}

function createPm2(home: string, client: Pm2Client): Pm2 {
  const list = promisify(client.list.bind(client));
  return {
    list: () => answered(home, list()),
    start: (apps) => promisify(client.start.bind(client))({ apps }),
    restart: promisify(client.restart.bind(client)),
    reload: promisify(client.reload.bind(client)),
    delete: promisify(client.delete.bind(client)),
    scale: promisify(client.scale.bind(client)),
  };
}
