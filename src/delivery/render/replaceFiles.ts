import { existsSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What is to stand in the folder. */
export interface WantedFile {
  path: string;
  content: string;
  /** Permissions of a file that is made; what the user's mask gives when there are none. */
  mode?: number;
  /** Permissions of its folder, should that be made. */
  folderMode?: number;
  /** Made once and never overwritten, nor shown: what stands there counts, whatever it is. */
  isKept?: true;
}

/** Until its own permissions are set, nobody else reads what may be a secret. */
const OWNER_ONLY = 0o600;
/** Less what the user's mask takes away. */
const FILE_MODE = 0o666;
const FOLDER_MODE = 0o777;
const PERMISSIONS = 0o777;

interface Staged {
  target: string;
  /** The new content, beside its place. */
  fresh: string;
  /** Where the old content waits until all files are in place. */
  old: string;
}

/**
 * Puts all files in their places, or none. First every file is written beside its place; that takes long, and may fail or be
 * interrupted, but has changed nothing. Then all are moved at once, in one turn in which nothing else runs; should a move fail,
 * those that were made are taken back.
 *
 * @throws what went wrong, after everything is as it was
 */
export async function replaceFiles(options: {
  folder: string;
  files: readonly WantedFile[];
  signal: AbortSignal;
}): Promise<void> {
  const made: string[] = [];
  const staged: Staged[] = [];
  try {
    for (const { path: file, content, mode, folderMode } of options.files) {
      options.signal.throwIfAborted();
      const target = path.join(options.folder, ...file.split('/'));
      const beside = path.join(path.dirname(target), `.${path.basename(target)}.${process.pid}`);
      await makeFolder(path.dirname(target), folderMode, made);
      staged.push({ target, fresh: `${beside}.new`, old: `${beside}.old` });
      await writeFile(`${beside}.new`, content, { flag: 'wx', mode: mode === undefined ? FILE_MODE : OWNER_ONLY });
      const own = mode ?? modeOf(target);
      if (own !== undefined) await chmod(`${beside}.new`, own);
    }
    options.signal.throwIfAborted();
    moveAll(staged);
  } catch (error) {
    await Promise.all(staged.map(async ({ fresh }) => rm(fresh, { force: true })));
    removeFolders(made);
    throw error;
  }
}

/** Notes the folders that were not there. */
async function makeFolder(folder: string, mode: number | undefined, made: string[]): Promise<void> {
  const missing: string[] = [];
  for (let at = path.resolve(folder); !existsSync(at); at = path.dirname(at)) missing.unshift(at);
  for (const at of missing) {
    await mkdir(at, { mode: at === path.resolve(folder) && mode !== undefined ? mode : FOLDER_MODE });
    made.push(at);
  }
}

/** The permissions of a file that stands there already. */
function modeOf(target: string): number | undefined {
  return existsSync(target) ? statSync(target).mode & PERMISSIONS : undefined;
}

function moveAll(staged: readonly Staged[]): void {
  const undo: (() => void)[] = [];
  try {
    for (const { target, fresh, old } of staged) {
      if (existsSync(target)) {
        renameSync(target, old);
        undo.push(() => renameSync(old, target));
      }
      renameSync(fresh, target);
      undo.push(() => rmSync(target));
    }
  } catch (error) {
    for (const takeBack of undo.reverse()) takeBack();
    throw error;
  }
  for (const { old } of staged) rmSync(old, { force: true });
}

function removeFolders(made: readonly string[]): void {
  for (const folder of [...made].reverse()) {
    try {
      rmdirSync(folder);
    } catch {
      // Somebody else has put something into it.
    }
  }
}
