import { open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError } from './operatorError.js';
import { makePrivateFolder } from './privateFile.js';
import { identifyProcess, isRunning, type ProcessIdentity } from './processIdentity.js';

const POLL_MS = 100;

/**
 * Runs the action while no other process runs one under the same lock file. A lock whose holder has died is taken over.
 *
 * @param options.waitMs how long to wait for the holder
 */
export async function withLock<T>(file: string, options: { waitMs: number }, action: () => Promise<T>): Promise<T> {
  await makePrivateFolder(path.dirname(file));
  const deadline = performance.now() + options.waitMs;
  while (!(await takeLock(file))) {
    const holder = await readHolder(file);
    if (holder && !(await isRunning(holder))) {
      await rm(file, { force: true });
    } else if (performance.now() > deadline) {
      throw new OperatorError({
        code: 'BUSY',
        message: `Another spikectl (process ${holder?.pid ?? 'unknown'}) is working on ${path.dirname(file)}.`,
        suggestions: ['Wait until it is done, then try again.', `If there is none, remove ${file}.`],
        exit: 6,
      });
    } else {
      await sleep(POLL_MS);
    }
  }
  try {
    return await action();
  } finally {
    await rm(file, { force: true });
  }
}

async function takeLock(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(JSON.stringify(await identifyProcess(process.pid)));
    await handle.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function readHolder(file: string): Promise<ProcessIdentity | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as ProcessIdentity;
  } catch {
    // Gone in the meantime, or its holder has not written its name yet: look again.
    return undefined;
  }
}
