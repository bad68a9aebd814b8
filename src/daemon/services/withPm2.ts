import { promisify } from 'node:util';
import { pm2Environment } from './pm2Daemon.js';
import type { ProcessDescription } from './describeProcesses.js';

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
 */
export async function withPm2<T>(home: string, action: (pm2: Pm2) => Promise<T>): Promise<T> {
  Object.assign(process.env, pm2Environment(home));
  const client = (await import('pm2')).default as unknown as Pm2Client;
  await promisify(client.connect.bind(client))();
  try {
    return await action(createPm2(client));
  } finally {
    await new Promise<void>((resolve) => client.disconnect(() => resolve()));
  }
}

function createPm2(client: Pm2Client): Pm2 {
  return {
    list: promisify(client.list.bind(client)),
    start: (apps) => promisify(client.start.bind(client))({ apps }),
    restart: promisify(client.restart.bind(client)),
    reload: promisify(client.reload.bind(client)),
    delete: promisify(client.delete.bind(client)),
    scale: promisify(client.scale.bind(client)),
  };
}
