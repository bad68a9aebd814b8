import { open } from 'node:fs/promises';

const TAIL_BYTES = 65_536;

/** The last lines of a file; none when there is no such file. */
export async function tailFile(file: string, lines: number): Promise<string[]> {
  let handle;
  try {
    handle = await open(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  try {
    const { size } = await handle.stat();
    const start = Math.max(0, size - TAIL_BYTES);
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(size - start), 0, size - start, start);
    return buffer.subarray(0, bytesRead).toString('utf8').trimEnd().split('\n').slice(-lines);
  } finally {
    await handle.close();
  }
}
