import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openTerminal, type Terminal } from './terminal.js';

const POLL_MS = 20;
const BINARY = fileURLToPath(new URL('../../bin/spikectl.js', import.meta.url));

/** What a command printed and how it ended. */
export interface CliRun {
  stdout: string;
  stderr: string;
  code: number | null;
  /** stdout as the one JSON document that `--json` promises; throws when it is anything else. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look at whatever came
  json(): any;
}

interface CliOptions {
  /** Added to the environment; the caller's own SPIKE_ variables are not passed on. */
  env?: Record<string, string>;
  /** Written to stdin, which is closed afterwards. */
  input?: string;
  cwd?: string;
  /** Sent as soon as the process has started. */
  signalAfterMs?: { signal: NodeJS.Signals; ms: number };
}

/** A command while it runs. */
interface RunningCli {
  /** Until it has printed this, on stdout or stderr; fails when it ends without. */
  printed(text: string | RegExp): Promise<void>;
  /** Types into its stdin. */
  type(text: string): void;
  kill(signal: NodeJS.Signals): void;
  ended: Promise<CliRun>;
}

export interface Cli {
  run(args: string[], options?: CliOptions): Promise<CliRun>;
  /** Starts a command and leaves its stdin open. */
  start(args: string[], options?: CliOptions): RunningCli;
  /** Starts a command on a terminal of 100 columns. */
  openTerminal(args: string[], options?: Pick<CliOptions, 'env' | 'cwd'>): Terminal;
  configDirectory: string;
  remove(): Promise<void>;
}

/** A person at a terminal of their own: the built binary with a home, a folder and contexts that nobody else uses. */
export async function createCli(): Promise<Cli> {
  const home = await mkdtemp(path.join(tmpdir(), 'spike-cli-'));
  const configDirectory = path.join(home, 'config');
  const own = (options: CliOptions) => environment({ HOME: home, SPIKE_CONFIG_DIR: configDirectory, ...options.env });
  const startWith = (args: string[], options: CliOptions) =>
    start([process.execPath, BINARY, ...args], own(options), options.cwd ?? home);
  return {
    configDirectory,
    async run(args, { input = '', signalAfterMs, ...options } = {}) {
      const running = startWith(args, options);
      running.type(input);
      running.endInput();
      const { signal, ms } = signalAfterMs ?? {};
      const signalled = signal && setTimeout(() => running.kill(signal), ms);
      try {
        return await running.ended;
      } finally {
        clearTimeout(signalled);
      }
    },
    start: (args, options = {}) => startWith(args, options),
    openTerminal(args, options = {}) {
      const words = [process.execPath, BINARY, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`);
      return openTerminal(`stty cols 100; exec ${words.join(' ')}`, { env: own(options), cwd: options.cwd ?? home });
    },
    remove: () => rm(home, { recursive: true, force: true }),
  };
}

function environment(own: Record<string, string>): Record<string, string | undefined> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(SPIKE_|NODE_OPTIONS|FORCE_COLOR|JEST)/.test(name),
  );
  return { ...Object.fromEntries(inherited), ...own };
}

function start(
  [program = '', ...args]: string[],
  env: Record<string, string | undefined>,
  cwd: string,
): RunningCli & { endInput(): void } {
  const child = spawn(program, args, { env, cwd });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // A command that does not read its input may be gone before it is written.
  child.stdin.on('error', () => undefined);
  const ended = new Promise<CliRun>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ stdout, stderr, code, json: () => JSON.parse(stdout) }));
  });
  return {
    ended,
    type: (text) => void child.stdin.write(text),
    endInput: () => void child.stdin.end(),
    kill: (signal) => void child.kill(signal),
    async printed(wanted) {
      let hasEnded = false;
      void ended.finally(() => (hasEnded = true)).catch(() => undefined);
      const isThere = () => {
        const all = `${stdout}${stderr}`;
        return typeof wanted === 'string' ? all.includes(wanted) : wanted.test(all);
      };
      while (!isThere()) {
        if (hasEnded) throw new Error(`It ended without ${String(wanted)}:\n${stdout}${stderr}`);
        await sleep(POLL_MS);
      }
    },
  };
}
