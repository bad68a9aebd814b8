import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/**
 * A process that stays recognizable after its number was given to another: the number and the moment it started, as the
 * system tells it. Nothing is ever signalled by its number alone.
 */
export interface ProcessIdentity {
  pid: number;
  startedAt: string;
}

export async function identifyProcess(pid: number): Promise<ProcessIdentity | undefined> {
  const startedAt = await readStart(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

/** Whether this very process still runs. One that has ended and only waits for its parent's notice does not. */
export async function isRunning(identity: ProcessIdentity): Promise<boolean> {
  return (await readStart(identity.pid)) === identity.startedAt;
}

async function readStart(pid: number): Promise<string | undefined> {
  return process.platform === 'linux' ? readStartFromProc(pid) : readStartFromPs(pid);
}

const STATE_FIELD = 0;
/** Field 22 of /proc/PID/stat, counted from the state, which is field 3: ticks since boot. */
const START_TIME_FIELD = 19;

async function readStartFromProc(pid: number): Promise<string | undefined> {
  let stat: string;
  try {
    stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The second field is the command in parentheses and may itself hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ended = ['Z', 'X'].includes(fields[STATE_FIELD] ?? 'X');
  return ended ? undefined : fields[START_TIME_FIELD];
}

async function readStartFromPs(pid: number): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      env: { ...process.env, LC_ALL: 'C' },
    });
    const [state = 'Z', ...start] = stdout.trim().split(/\s+/);
    return state.startsWith('Z') ? undefined : start.join(' ');
  } catch {
    return undefined;
  }
}
