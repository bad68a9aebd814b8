import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { StoreName } from './store.js';

/** Where the files of one private store are. */
export interface StoreLayout {
  folder: string;
  dataFolder: string;
  logFile: string;
  stateFile: string;
  lockFile: string;
  /** Short enough for sockets, whose path the kernel cuts at 107 characters (103 on macOS). */
  socketFolder: string;
}

const SOCKET_FOLDER_LENGTH_MAX = 80;

export function storeLayout(home: string, name: StoreName): StoreLayout {
  const folder = path.join(home, 'middleware', name);
  return {
    folder,
    dataFolder: path.join(folder, 'data'),
    logFile: path.join(folder, `${name}.log`),
    stateFile: path.join(folder, 'state.json'),
    lockFile: path.join(folder, 'lock'),
    socketFolder: shortFolder(path.join(folder, 'run')),
  };
}

/** The folder itself when sockets fit into it, else a short one of the same user and home under the temporary folder. */
export function shortFolder(folder: string): string {
  if (folder.length <= SOCKET_FOLDER_LENGTH_MAX) return folder;
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  return path.join(tmpdir(), `spike-${process.getuid?.() ?? 0}-${hash}`);
}
