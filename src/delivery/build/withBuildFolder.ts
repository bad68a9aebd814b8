import { rmSync } from 'node:fs';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder for what a build needs and nobody wants afterwards. */
export interface BuildFolder {
  /** Path of a file in it. */
  file(name: string): string;
  /** Saves a file from being removed. @returns where it is to be found */
  keep(name: string): Promise<string>;
}

/** Runs the callback with a folder that only we can read, and removes it whatever happens. */
export async function withBuildFolder<T>(callback: (folder: BuildFolder) => Promise<T>): Promise<T> {
  const root = await mkdtemp(path.join(tmpdir(), 'spikectl-build-'));
  // Also when the process ends without coming back here: whoever read its output may have gone.
  const removeAtExit = () => rmSync(root, { recursive: true, force: true });
  process.once('exit', removeAtExit);
  try {
    return await callback({
      file: (name) => path.join(root, name),
      async keep(name) {
        const kept = `${root}-${name}`;
        await copyFile(path.join(root, name), kept);
        return kept;
      },
    });
  } finally {
    process.off('exit', removeAtExit);
    await rm(root, { recursive: true, force: true });
  }
}
