import { mkdtemp, mkdir, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { OperatorError } from '../../operatorError.js';

/** The folder that unpacking makes. */
const FOLDER = 'spikectl-doctor';

export interface Bundle {
  /** @param files by their path in the bundle, without a secret */
  write(files: Readonly<Record<string, string>>): Promise<void>;
  /** Gives the file up; nothing is left behind. */
  discard(): Promise<void>;
}

/**
 * Takes the file for a bundle (.tar.gz), before the work of filling it begins. Only its owner can read it.
 *
 * @throws OperatorError when there is such a file already
 */
export async function openBundle(file: string): Promise<Bundle> {
  const handle = await open(file, 'wx', 0o600).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new OperatorError({
      code: 'FILE_EXISTS',
      message: `${file} exists already, and is left as it is.`,
      suggestions: ['Choose another name, or remove it first.'],
      exit: 2,
    });
  });
  const discard = async () => {
    await handle.close();
    await rm(file, { force: true });
  };
  return {
    discard,
    async write(files) {
      const folder = await mkdtemp(path.join(tmpdir(), 'spike-doctor-'));
      try {
        for (const [name, text] of Object.entries(files)) {
          const target = path.join(folder, FOLDER, name);
          await mkdir(path.dirname(target), { recursive: true });
          await writeFile(target, text, { mode: 0o600 });
        }
        const { create } = await import('tar');
        await pipeline(create({ gzip: true, portable: true, cwd: folder }, [FOLDER]), handle.createWriteStream());
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}
