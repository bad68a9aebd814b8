import { existsSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from '../../src/daemon/runCommand.js';

/** Path of a program of the Debian package `prometheus`, which `npm test` installs; undefined on a machine without it. */
export function findPrometheus(program: 'promtool' | 'prometheus'): string | undefined {
  const folders = [
    ...(process.env.PATH ?? '').split(path.delimiter),
    '/usr/bin',
    '/usr/local/bin',
    '/opt/homebrew/bin',
  ];
  return folders.map((folder) => path.join(folder, program)).find((file) => existsSync(file));
}

/** @returns what the real promtool said, and whether it agreed */
export async function promtool(...args: string[]): Promise<{ code: number; output: string }> {
  const file = findPrometheus('promtool');
  if (file === undefined) throw new Error('promtool is not installed: npm test installs it');
  const { code, output } = await runCommand(file, args);
  return { code: code ?? -1, output };
}
