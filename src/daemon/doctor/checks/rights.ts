import { chmod, lstat } from 'node:fs/promises';
import path from 'node:path';
import { credentialsFile } from '../../credentials.js';
import { storeNames } from '../../middleware/store.js';
import { storeLayout } from '../../middleware/storeLayout.js';
import { ok, problem, worst, type Check, type Verdict } from '../check.js';
import type { Machine } from '../machine.js';

/** A file with a secret is its owner's alone; into a folder others may look, and put nothing. */
const OTHERS_OF_FILE = 0o077;
const OTHERS_OF_FOLDER = 0o022;

export const rightsCheck: Check = {
  name: 'rights',
  look: async (machine) => judgeRights(await entries(machine), process.getuid?.()),
  mend: { stage: 'files', run: tighten },
};

export interface Entry {
  path: string;
  isFolder: boolean;
  mode: number;
  owner: number;
}

/** @param user whose files they should be; undefined on a system that has no such numbers */
export function judgeRights(entries: readonly Entry[], user: number | undefined): Verdict {
  const verdicts = entries.map(({ path: entry, owner, ...bits }) => {
    if (user !== undefined && owner !== user) {
      return problem(`${entry} belongs to another user (${owner}).`, `Take it back: chown ${user} ${entry}`);
    }
    if (tooOpen(bits) === 0) return ok('');
    return problem(
      `${entry} is open to others (mode ${(bits.mode & 0o777).toString(8)}); a secret in it may have been read.`,
      'spikectl doctor --fix',
      true,
    );
  });
  return worst(verdicts, `Secrets and tokens are closed to others (${entries.length} files and folders).`);
}

async function tighten(machine: Machine): Promise<string> {
  const open = (await entries(machine)).filter((entry) => tooOpen(entry) !== 0 && entry.owner === userNow(entry.owner));
  for (const entry of open) await chmod(entry.path, entry.mode & 0o777 & ~tooOpen(entry));
  return `Closed to others: ${open.map((entry) => entry.path).join(', ')}`;
}

/** The rights of others that there should not be. */
function tooOpen({ isFolder, mode }: Pick<Entry, 'isFolder' | 'mode'>): number {
  return mode & (isFolder ? OTHERS_OF_FOLDER : OTHERS_OF_FILE);
}

function userNow(otherwise: number): number {
  return process.getuid?.() ?? otherwise;
}

/** Those files and folders with secrets that there are. */
async function entries({ home, privateFiles }: Machine): Promise<Entry[]> {
  const paths = [
    home,
    path.join(home, 'local.json'),
    credentialsFile(home),
    ...storeNames.map((name) => storeLayout(home, name).stateFile),
    ...privateFiles,
  ];
  // Windows has other rights, which these bits do not tell.
  const found = process.platform === 'win32' ? [] : await Promise.all(paths.map(entryAt));
  return found.filter((entry) => entry !== undefined);
}

async function entryAt(file: string): Promise<Entry | undefined> {
  try {
    const found = await lstat(file);
    return { path: file, isFolder: found.isDirectory(), mode: found.mode, owner: found.uid };
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
