import { copyFile, readdir, stat, truncate } from 'node:fs/promises';
import path from 'node:path';
import { pm2LogFile } from '../../services/pm2Daemon.js';
import { storeNames } from '../../middleware/store.js';
import { storeLayout } from '../../middleware/storeLayout.js';
import { ok, warning, type Check, type Verdict } from '../check.js';
import type { Machine } from '../machine.js';

/** Some weeks of a shop; what is older is rarely looked for. */
const LOG_BYTES_MAX = 100_000_000;

export const logsCheck: Check = {
  name: 'logs',
  look: async (machine) => judgeLogs(await logs(machine)),
  mend: { stage: 'files', run: rotate },
};

export interface LogFile {
  file: string;
  bytes: number;
}

export function judgeLogs(files: readonly LogFile[]): Verdict {
  const large = files.filter(({ bytes }) => bytes > LOG_BYTES_MAX);
  const all = files.reduce((sum, { bytes }) => sum + bytes, 0);
  if (large.length === 0) return ok(`${megabytes(all)} in ${files.length} files.`);
  return warning(
    `Larger than ${megabytes(LOG_BYTES_MAX)}: ${large.map(({ file, bytes }) => `${file} (${megabytes(bytes)})`).join(', ')}.`,
    'spikectl doctor --fix',
    true,
  );
}

/** Copied and cut, because those who write keep the file open; what they write between the two steps is lost. */
async function rotate(machine: Machine): Promise<string> {
  const large = (await logs(machine)).filter(({ bytes }) => bytes > LOG_BYTES_MAX);
  for (const { file } of large) {
    await copyFile(file, `${file}.1`);
    await truncate(file);
  }
  return `Moved to a file with .1 behind its name, which replaced the one before: ${large.map(({ file }) => file).join(', ')}`;
}

async function logs({ home }: Machine): Promise<LogFile[]> {
  const folder = path.join(home, 'logs');
  const names = await readdir(folder).catch(() => []);
  const files = [
    ...names.filter((name) => name.endsWith('.log')).map((name) => path.join(folder, name)),
    ...storeNames.map((name) => storeLayout(home, name).logFile),
    pm2LogFile(home),
  ];
  const sizes = await Promise.all(files.map(async (file) => ({ file, bytes: await sizeOf(file) })));
  return sizes.filter(({ bytes }) => bytes > 0);
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}
