import { spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { once } from 'node:events';
import { identifyProcess, type ProcessIdentity } from './processIdentity.js';

export interface Launch {
  file: string;
  args: readonly string[];
  /** The whole environment: nothing is inherited, so that the caller's own settings for such servers do not leak in. */
  env: Readonly<Record<string, string>>;
  cwd: string;
  /** Standard output and standard error are appended here. */
  logFile: string;
}

/** Starts a process in a session of its own, so that it outlives us and no signal of our terminal reaches it. */
export async function launchProcess(launch: Launch): Promise<ProcessIdentity> {
  const log = await open(launch.logFile, 'a', 0o600);
  try {
    const child = spawn(launch.file, launch.args, {
      cwd: launch.cwd,
      env: { ...launch.env },
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    await once(child, 'spawn');
    child.unref();
    const identity = child.pid === undefined ? undefined : await identifyProcess(child.pid);
    // A process that ended at once still gets a name; whoever waits for it finds it not running and reads its log.
    return identity ?? { pid: child.pid ?? 0, startedAt: 'ended' };
  } finally {
    await log.close();
  }
}
