import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, type ProcessIdentity } from './processIdentity.js';

const POLL_MS = 25;
/** After SIGKILL only the kernel has a say; past this it hangs in a device. */
const KILL_DEADLINE_MS = 5_000;

/**
 * Asks a process to end, waits, and kills it (with its process group) when it does not end in time.
 *
 * @returns how it ended; `absent` when it was not running any more
 */
export async function stopProcess(
  identity: ProcessIdentity,
  options: { deadlineMs: number; signal?: NodeJS.Signals },
): Promise<'absent' | 'stopped' | 'killed'> {
  if (!(await isRunning(identity))) return 'absent';
  signalProcess(identity.pid, options.signal ?? 'SIGTERM');
  if (await hasEnded(identity, options.deadlineMs)) return 'stopped';
  signalProcess(-identity.pid, 'SIGKILL');
  signalProcess(identity.pid, 'SIGKILL');
  if (await hasEnded(identity, KILL_DEADLINE_MS)) return 'killed';
  throw new Error(`Process ${identity.pid} does not end, not even by SIGKILL.`);
}

async function hasEnded(identity: ProcessIdentity, deadlineMs: number): Promise<boolean> {
  const deadline = performance.now() + deadlineMs;
  while (performance.now() < deadline) {
    if (!(await isRunning(identity))) return true;
    await sleep(POLL_MS);
  }
  return !(await isRunning(identity));
}

function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It ended by itself in the meantime, or it leads no group: both are what is wanted here.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
