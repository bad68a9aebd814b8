import { readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { storeNames } from '../../middleware/store.js';
import { storeLayout } from '../../middleware/storeLayout.js';
import { isRunning, type ProcessIdentity } from '../../processIdentity.js';
import { ok, warning, type Check, type Verdict } from '../check.js';
import type { Machine } from '../machine.js';

/** A lock that names nobody after this long was left by a process that died between making it and signing it. */
const SIGNED_WITHIN_MS = 10_000;

export const locksCheck: Check = {
  name: 'locks',
  look: async (machine) => judgeLocks(await notes(machine)),
  mend: {
    stage: 'files',
    async run(machine) {
      const stale = (await notes(machine)).filter(isStale);
      for (const { file } of stale) await rm(file, { force: true });
      return `Removed ${stale.map(({ file }) => file).join(', ')}`;
    },
  },
};

/** A file that names the process it stands for. */
export interface ProcessNote {
  file: string;
  ageMs: number;
  /** `nobody`: it names no process. */
  holder: 'alive' | 'dead' | 'nobody';
}

export function judgeLocks(all: readonly ProcessNote[]): Verdict {
  const stale = all.filter(isStale);
  if (stale.length === 0) return ok(all.length === 0 ? 'None is held.' : `${all.length}, held by processes that live.`);
  return warning(
    `Left behind by processes that are gone: ${stale.map(({ file }) => file).join(', ')}.`,
    'spikectl doctor --fix',
    true,
  );
}

function isStale({ holder, ageMs }: ProcessNote): boolean {
  return holder === 'dead' || (holder === 'nobody' && ageMs > SIGNED_WITHIN_MS);
}

async function notes({ home }: Machine): Promise<ProcessNote[]> {
  const files = [
    path.join(home, 'services.lock'),
    path.join(home, 'pm2-daemon.json'),
    ...storeNames.map((name) => storeLayout(home, name).lockFile),
  ];
  return (await Promise.all(files.map(noteIn))).filter((note) => note !== undefined);
}

async function noteIn(file: string): Promise<ProcessNote | undefined> {
  try {
    const { mtimeMs } = await stat(file);
    return { file, ageMs: Date.now() - mtimeMs, holder: await holderOf(await readFile(file, 'utf8')) };
  } catch (error) {
    // Given back while we looked.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function holderOf(text: string): Promise<ProcessNote['holder']> {
  try {
    return (await isRunning(JSON.parse(text) as ProcessIdentity)) ? 'alive' : 'dead';
  } catch {
    return 'nobody';
  }
}
