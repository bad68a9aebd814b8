import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/** The first executable file of this name in the folders of a PATH; a name with a slash is looked at as it is. */
export function findProgram(name: string, searchPath: string | undefined = process.env.PATH): string | undefined {
  const candidates = name.includes('/')
    ? [path.resolve(name)]
    : (searchPath ?? '')
        .split(path.delimiter)
        .filter((folder) => folder !== '')
        .map((folder) => path.join(folder, name));
  return candidates.find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
