import { rm } from 'node:fs/promises';
import path from 'node:path';
import { OperatorError } from '../operatorError.js';
import { stopProcess } from '../stopProcess.js';
import { withLock } from '../withLock.js';
import { findDocker, removeVolume, stopContainer } from './docker.js';
import { drivers } from './drivers.js';
import { machinePath } from './machineFolders.js';
import { storeNames, storeTitles, type Report, type StoreName, type StoreState } from './store.js';
import { readStoreState, writeStoreState } from './storeState.js';
import { storeLayout } from './storeLayout.js';

const LOCK_WAIT_MS = 120_000;

/**
 * Stops what `startMiddleware` started in this home, gracefully and within a bound, and leaves neither process nor port.
 *
 * @param options.purge also forgets the data
 * @returns the stores that were running
 */
export async function stopMiddleware(options: {
  home: string;
  report: Report;
  purge?: boolean;
}): Promise<readonly StoreName[]> {
  const settled = await Promise.allSettled(storeNames.map((name) => stopStore(name, options)));
  const failed = settled.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
  if (options.purge) await rm(path.join(options.home, 'middleware'), { recursive: true, force: true });
  return storeNames.filter((_, index) => {
    const outcome = settled[index];
    return outcome?.status === 'fulfilled' && outcome.value;
  });
}

async function stopStore(
  name: StoreName,
  { home, report, purge = false }: { home: string; report: Report; purge?: boolean },
): Promise<boolean> {
  if ((await readStoreState(home, name)) === undefined) return false;
  const layout = storeLayout(home, name);
  return withLock(layout.lockFile, { waitMs: LOCK_WAIT_MS }, async () => {
    const state = await readStoreState(home, name);
    if (state === undefined) return false;
    const wasRunning =
      state.source === 'docker' ? await stopInDocker(home, name, purge) : await stopProcesses(name, state);
    await writeStoreState(home, name, { ...state, processes: [] });
    // A folder outside the home (see shortFolder) would otherwise stay behind.
    await rm(layout.socketFolder, { recursive: true, force: true });
    report({ store: name, message: wasRunning ? 'stopped' : 'was not running' });
    return wasRunning;
  });
}

async function stopProcesses(name: StoreName, state: StoreState): Promise<boolean> {
  let wasRunning = false;
  for (const identity of state.processes.toReversed()) {
    const outcome = await stopProcess(identity, { deadlineMs: drivers[name].stopDeadlineMs });
    wasRunning ||= outcome !== 'absent';
  }
  return wasRunning;
}

async function stopInDocker(home: string, name: StoreName, purge: boolean): Promise<boolean> {
  const docker = await findDocker(machinePath(process.env.PATH));
  if (docker === undefined) {
    throw new OperatorError({
      code: 'DOCKER_UNREACHABLE',
      message: `${storeTitles[name]} runs in Docker, whose engine does not answer.`,
      suggestions: ['Start the Docker engine, then: spikectl down'],
      exit: 5,
    });
  }
  await stopContainer({ docker, home, name });
  if (purge) await removeVolume({ docker, home, name });
  return true;
}
