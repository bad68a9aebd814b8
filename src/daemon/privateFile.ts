import { lstat, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { OperatorError } from './operatorError.js';

const FILE_MODE_OWNER_ONLY = 0o600;
const FOLDER_MODE_OWNER_ONLY = 0o700;

/**
 * Makes the folder (and its parents) so that only the current user can look into it.
 *
 * @throws OperatorError when somebody else has made it before us, as anybody can in a shared temporary folder
 */
export async function makePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: FOLDER_MODE_OWNER_ONLY });
  const { uid } = await lstat(folder);
  if (process.getuid === undefined || uid === process.getuid()) return;
  throw new OperatorError({
    code: 'FOLDER_NOT_OURS',
    message: `${folder} belongs to another user (${uid}).`,
    suggestions: ['Remove it, or set SPIKE_HOME to a folder of your own with a shorter path.'],
    exit: 2,
  });
}

/** Writes a file that only the current user can read. It appears whole or not at all: a crash leaves the old one. */
export async function writePrivateFile(file: string, content: string): Promise<void> {
  await makePrivateFolder(path.dirname(file));
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, content, { mode: FILE_MODE_OWNER_ONLY });
  await rename(temporary, file);
}

/** The parsed JSON file, or undefined when there is none. */
export async function readJsonFile<T>(file: string): Promise<T | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return JSON.parse(text) as T;
}
