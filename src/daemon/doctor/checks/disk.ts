import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { ok, problem, warning, type Check, type Verdict } from '../check.js';

/** RabbitMQ blocks publishers below 64 MB; the logs and the stores of a busy sale fill the rest within minutes. */
const PROBLEM_BELOW_BYTES = 256_000_000;
const WARNING_BELOW_BYTES = 1_000_000_000;

export const diskCheck: Check = {
  name: 'disk',
  async look({ home }) {
    const { bavail, bsize } = await statfs(existingFolder(home));
    return judgeDisk({ folder: home, freeBytes: bavail * bsize });
  },
};

export function judgeDisk({ folder, freeBytes }: { folder: string; freeBytes: number }): Verdict {
  const evidence = `${(freeBytes / 1e9).toFixed(1)} GB free for ${folder}.`;
  if (freeBytes >= WARNING_BELOW_BYTES) return ok(evidence);
  const fix = 'Free some space, then: spikectl middleware up';
  return freeBytes < PROBLEM_BELOW_BYTES ? problem(evidence, fix) : warning(evidence, fix);
}

/** The folder, or the nearest one above it that there is. */
function existingFolder(folder: string): string {
  const parent = path.dirname(folder);
  return existsSync(folder) || parent === folder ? folder : existingFolder(parent);
}
