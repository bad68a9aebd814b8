import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { once } from 'node:events';

const START_DEADLINE_MS = 30_000;
const STOP_DEADLINE_MS = 15_000;

export interface Started {
  name: string;
  /** The most memory that the process ever had, in MB. */
  peakMb(): Promise<number>;
  /** Processor time that the process has used, user and system, in ms. */
  cpuMs(): Promise<number>;
  stop(): Promise<void>;
}

/** Linux counts processor time in hundredths of a second for every architecture (USER_HZ). */
const MS_PER_TICK = 10;

/** Starts a Node process and waits until it says `ready`. Its log goes to our stderr. */
export async function startProcess(
  name: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Started> {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...environment },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await ready(name, child);
  return {
    name,
    async peakMb() {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
      return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN) / 1024;
    },
    async cpuMs() {
      const stat = await readFile(`/proc/${child.pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const deadline = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS);
      await ended;
      clearTimeout(deadline);
    },
  };
}

function ready(name: string, child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => reject(new Error(`${name} was not ready in time`)), START_DEADLINE_MS);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code} before it was ready`)));
    child.on('message', (message) => {
      if (message !== 'ready') return;
      clearTimeout(deadline);
      resolve();
    });
  });
}
