import { lstat, readFile, readlink, stat } from 'node:fs/promises';
import path from 'node:path';
import { DeliveryError } from '../deliveryError.js';

const EXIT_USAGE = 2;

/**
 * What stands where the file belongs. The folder itself may be reached through a link, which was chosen by whoever named it; below
 * it a link could lead anywhere, and is not followed.
 *
 * @returns undefined when there is nothing
 * @throws DeliveryError when something that is no file is in the way, or the folder is a link to nothing
 */
export async function inspectTarget(folder: string, file: string): Promise<Buffer | undefined> {
  const root = await look(folder, stat);
  if (root === undefined) {
    await refuseDanglingLink(folder);
    return undefined;
  }
  if (!root.isDirectory()) throw inTheWay(folder, 'a file');
  const parts = file.split('/');
  for (let depth = 1; depth <= parts.length; depth += 1) {
    const at = path.join(folder, ...parts.slice(0, depth));
    const found = await look(at, lstat);
    if (found === undefined) return undefined;
    if (found.isSymbolicLink()) throw inTheWay(at, 'a link');
    if (depth < parts.length) {
      if (!found.isDirectory()) throw inTheWay(at, 'a file');
      continue;
    }
    if (found.isDirectory()) throw inTheWay(at, 'a folder');
    if (!found.isFile()) throw inTheWay(at, 'no regular file');
  }
  return readFile(path.join(folder, file));
}

/** A link to nothing looks as if nothing were there, but no folder can be made in its place. */
async function refuseDanglingLink(folder: string): Promise<void> {
  for (let at = path.resolve(folder); (await look(at, stat)) === undefined; at = path.dirname(at)) {
    if ((await look(at, lstat)) === undefined) continue;
    throw new DeliveryError(
      'IN_THE_WAY',
      `${at} is a link to ${await readlink(at)}, which is not there; nothing was written.`,
      {
        exit: EXIT_USAGE,
        suggestions: ['Make the folder that it leads to, remove the link, or name another folder with --out.'],
      },
    );
  }
}

async function look(at: string, how: typeof stat): Promise<Awaited<ReturnType<typeof stat>> | undefined> {
  try {
    return await how(at);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    // Of the folder itself; below it, each step is looked at before the next.
    if (code === 'ENOTDIR') throw inTheWay(at, 'below a file');
    throw error;
  }
}

function inTheWay(at: string, what: string): DeliveryError {
  return new DeliveryError('IN_THE_WAY', `${at} is ${what}; nothing was written.`, {
    suggestions: ['Move it away, or name another folder with --out.'],
  });
}
