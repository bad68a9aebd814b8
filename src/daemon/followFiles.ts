import { open, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 200;

interface Followed {
  name: string;
  file: string;
}

/**
 * Prints each whole line that is added to any of the files, from now until the signal. A file that is missing yet, or is cut
 * and begun anew, is followed all the same.
 */
export async function followFiles(options: {
  files: readonly Followed[];
  print: (name: string, line: string) => void;
  signal: AbortSignal;
}): Promise<void> {
  const followers = await Promise.all(options.files.map((file) => createFollower(file, options.print)));
  while (!options.signal.aborted) {
    for (const follow of followers) await follow();
    await sleep(POLL_MS);
  }
}

/** From the end of the file as it is now: each call prints what was added since the last one. */
async function createFollower(
  { name, file }: Followed,
  print: (name: string, line: string) => void,
): Promise<() => Promise<void>> {
  let position = await sizeOf(file);
  let rest = '';
  return async () => {
    const size = await sizeOf(file);
    if (size < position) position = 0;
    if (size === position) return;
    const text = rest + (await readRange(file, position, size));
    position = size;
    const lines = text.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) print(name, line);
  };
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}

async function readRange(file: string, from: number, to: number): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(to - from), 0, to - from, from);
    return buffer.subarray(0, bytesRead).toString('utf8');
  } finally {
    await handle.close();
  }
}
