import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/** Where Debian, Homebrew and the others put servers; a PATH often lacks the first ones. */
const machineFolders: readonly string[] = [
  '/usr/local/sbin',
  '/usr/local/bin',
  '/usr/sbin',
  '/usr/bin',
  '/sbin',
  '/bin',
  '/usr/libexec',
  '/opt/homebrew/bin',
  '/opt/homebrew/sbin',
  '/opt/homebrew/opt/mariadb/bin',
  '/opt/homebrew/opt/mysql/bin',
  '/usr/local/opt/mariadb/bin',
  '/usr/local/opt/mysql/bin',
];

/** A PATH for what we launch: the caller's first, then the usual places. */
export function machinePath(callersPath: string | undefined): string {
  const folders = [...(callersPath ?? '').split(path.delimiter), ...machineFolders].filter((folder) => folder !== '');
  return [...new Set(folders)].join(path.delimiter);
}

/** The first executable file of these names; an absolute name is looked at as it is. */
export function findBinary(names: readonly string[], searchPath: string): string | undefined {
  for (const name of names) {
    const candidates = path.isAbsolute(name)
      ? [name]
      : searchPath.split(path.delimiter).map((folder) => path.join(folder, name));
    const found = candidates.find(isExecutable);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
