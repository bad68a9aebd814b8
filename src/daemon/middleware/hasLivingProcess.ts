import { isRunning } from '../processIdentity.js';
import { findDocker, isContainerRunning } from './docker.js';
import { machinePath } from './machineFolders.js';
import type { StoreName } from './store.js';
import { readStoreState } from './storeState.js';

/** Whether anything of a private store runs that would have to be stopped, be it well or not. */
export async function hasLivingProcess(home: string, name: StoreName): Promise<boolean> {
  const state = await readStoreState(home, name);
  if (state === undefined) return false;
  if (state.source === 'docker') {
    const docker = await findDocker(machinePath(process.env.PATH));
    return docker !== undefined && (await isContainerRunning({ docker, home, name }));
  }
  return (await Promise.all(state.processes.map(isRunning))).some(Boolean);
}
