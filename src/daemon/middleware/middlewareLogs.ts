import { tailFile } from '../tailFile.js';
import { containerLogs, findDocker } from './docker.js';
import { machinePath } from './machineFolders.js';
import type { StoreName } from './store.js';
import { readStoreState } from './storeState.js';
import { storeLayout } from './storeLayout.js';

/** The last lines that a private store wrote; none when it was never started here. */
export async function middlewareLogs(options: {
  home: string;
  name: StoreName;
  lines: number;
}): Promise<readonly string[]> {
  const { home, name, lines } = options;
  const state = await readStoreState(home, name);
  if (state?.source !== 'docker') return tailFile(storeLayout(home, name).logFile, lines);
  const docker = await findDocker(machinePath(process.env.PATH));
  return docker === undefined ? [] : containerLogs({ docker, home, name, lines });
}
