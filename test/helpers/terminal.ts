import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const DEADLINE_MS = 60_000;
const POLL_MS = 20;

/** A program on a terminal of its own, as a person has it before them. */
export interface Terminal {
  /** All that was shown so far, with its control characters. */
  readonly shown: string;
  type(keys: string): void;
  /** Waits until the text was shown, counted from the last wait. */
  until(text: string | RegExp): Promise<void>;
  /** Waits for its end. @returns the exit code */
  ended(): Promise<number>;
  /** Ends it, whatever it is at. */
  close(): void;
}

export const CTRL_C = '\u0003';
/** Takes away the line that is being typed. */
export const CTRL_U = '\u0015';
export const TAB = '\t';

/**
 * Runs a command line (of sh) on a terminal, which `script` from util-linux provides.
 *
 * @param options.env the whole environment
 */
export function openTerminal(
  commandLine: string,
  options: { env: Readonly<Record<string, string | undefined>>; cwd?: string },
): Terminal {
  const child = spawn('script', ['--quiet', '--return', '--command', commandLine, '/dev/null'], {
    env: { TERM: 'xterm', ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  let shown = '';
  let seen = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => (shown += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (shown += text));
  child.stdin.on('error', () => undefined);
  const exit = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? -1));
  });
  return {
    get shown() {
      return shown;
    },
    type: (keys) => void child.stdin.write(keys),
    async until(text) {
      const deadline = performance.now() + DEADLINE_MS;
      for (;;) {
        const rest = shown.slice(seen);
        const at = typeof text === 'string' ? rest.indexOf(text) : rest.search(text);
        if (at >= 0) {
          seen += at + (typeof text === 'string' ? text.length : (text.exec(rest)?.[0].length ?? 0));
          return;
        }
        if (performance.now() > deadline) throw new Error(`${String(text)} was not shown:\n${JSON.stringify(rest)}`);
        await sleep(POLL_MS);
      }
    },
    ended: () => exit,
    close: () => void child.kill('SIGKILL'),
  };
}
