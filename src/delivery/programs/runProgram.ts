import { spawn } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';

export interface ProgramRun {
  file: string;
  args: readonly string[];
  /** Added to our own environment, which is passed on: programs read their own options from it. */
  env?: Readonly<Record<string, string>>;
  cwd?: string;
  /** Written to its standard input. */
  input?: string;
  /** Aborted: the program and all that it started are asked to end, and killed when they do not. */
  signal?: AbortSignal;
  timeoutMs?: number;
  /** Each line as it is printed, on whichever stream. */
  onLine?(line: string): void;
}

export interface ProgramEnd {
  /** 127 when it could not be started; null when a signal ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
  timedOut: boolean;
}

/** More than any answer that is read; what is only shown line by line is not kept whole. */
const KEPT_CHARACTERS_MAX = 20_000_000;

/** What a builder needs to take away the containers and mounts of a step. */
const END_DEADLINE_MS = 5_000;

/**
 * Runs a program to its end, in a process group of its own: a Ctrl-C at our terminal reaches us alone, and we end it
 * together with what it started.
 *
 * @throws AbortError when `signal` was aborted, after the program has ended
 */
export async function runProgram(run: ProgramRun): Promise<ProgramEnd> {
  run.signal?.throwIfAborted();
  const child = spawn(run.file, run.args, {
    env: { ...process.env, ...run.env },
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(run.cwd === undefined ? {} : { cwd: run.cwd }),
  });
  const stdout = collect(child.stdout, run.onLine);
  const stderr = collect(child.stderr, run.onLine);
  // A program that does not read its input may be gone before it is written.
  child.stdin.on('error', () => undefined);
  child.stdin.end(run.input ?? '');

  let timedOut = false;
  let killer: NodeJS.Timeout | undefined;
  const end = () => {
    signalGroup(child.pid, 'SIGTERM');
    killer ??= setTimeout(() => signalGroup(child.pid, 'SIGKILL'), END_DEADLINE_MS);
  };
  const deadline =
    run.timeoutMs === undefined
      ? undefined
      : setTimeout(() => {
          timedOut = true;
          end();
        }, run.timeoutMs);
  // A process that ends without waiting for it would leave it behind.
  const endAtExit = () => signalGroup(child.pid, 'SIGTERM');
  process.once('exit', endAtExit);
  run.signal?.addEventListener('abort', end);
  try {
    const code = await new Promise<number | null>((resolve) => {
      child.once('error', (error) => {
        stderr.add(`${error.message}\n`);
        resolve(127);
      });
      child.once('close', resolve);
    });
    if (run.signal?.aborted === true || timedOut) signalGroup(child.pid, 'SIGKILL');
    run.signal?.throwIfAborted();
    return { code, stdout: stdout.text(), stderr: stderr.text(), timedOut };
  } finally {
    clearTimeout(deadline);
    clearTimeout(killer);
    process.off('exit', endAtExit);
    run.signal?.removeEventListener('abort', end);
  }
}

function collect(stream: NodeJS.ReadableStream, onLine: ProgramRun['onLine']) {
  const decoder = new StringDecoder('utf8');
  let [kept, line] = ['', ''];
  const add = (text: string) => {
    kept = (kept + text).slice(-KEPT_CHARACTERS_MAX);
    if (onLine === undefined) return;
    // A progress bar draws itself anew behind a carriage return; each drawing is a line.
    const lines = (line + text).split(/\r?\n|\r/);
    line = lines.pop() ?? '';
    for (const whole of lines) onLine(whole);
  };
  stream.on('data', (chunk: Buffer) => add(decoder.write(chunk)));
  stream.on('end', () => {
    add(decoder.end());
    if (line !== '') onLine?.(line);
  });
  return { add, text: () => kept };
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // All of the group have ended by themselves, which is what is wanted.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
