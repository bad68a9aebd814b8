import { cp, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { findSources } from '../../src/daemon/middleware/findSources.js';
import { startStore } from '../../src/daemon/middleware/startStore.js';
import { stopMiddleware } from '../../src/daemon/middleware/stopMiddleware.js';
import { readStoreState } from '../../src/daemon/middleware/storeState.js';
import { storeLayout } from '../../src/daemon/middleware/storeLayout.js';
import { eventually } from './eventually.js';
import { testMiddleware } from './testMiddleware.js';

/** A Redis of one test alone, which it may kill, rewind and start again at the same port. */
export interface PrivateRedis {
  url: string;
  /** kill -9, as a crash of the machine would. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Keeps the data as they are now, for `rewind`. */
  keep(): Promise<void>;
  /** While it is killed: puts back the data that `keep` kept. */
  rewind(): Promise<void>;
  /** While it is killed: forgets all data. */
  wipe(): Promise<void>;
  stop(): Promise<void>;
}

const quiet = () => undefined;

export async function openPrivateRedis(): Promise<PrivateRedis> {
  const home = await mkdtemp(path.join(testMiddleware().home, 'redis-'));
  const { redis: source } = await findSources({ home, environment: { PATH: process.env.PATH } });
  if (source === null || source.kind === 'url') throw new Error('This test needs a Redis binary.');
  const start = () => startStore({ name: 'redis', home, source, report: quiet });
  const { dataFolder } = storeLayout(home, 'redis');
  const kept = path.join(home, 'kept');
  const { url } = await start();
  return {
    url,
    async kill() {
      for (const { pid } of (await readStoreState(home, 'redis'))?.processes ?? []) {
        process.kill(pid, 'SIGKILL');
        await eventually(
          () => Promise.resolve(isAlive(pid)),
          (alive) => !alive,
        );
      }
    },
    start: async () => void (await start()),
    keep: () => cp(dataFolder, kept, { recursive: true }),
    async rewind() {
      await rm(dataFolder, { recursive: true });
      await cp(kept, dataFolder, { recursive: true });
    },
    wipe: () => rm(dataFolder, { recursive: true }),
    async stop() {
      await stopMiddleware({ home, report: quiet });
      await rm(home, { recursive: true, force: true });
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
