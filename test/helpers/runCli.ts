import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

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

export interface Cli {
  run(args: string[], options?: CliOptions): Promise<CliRun>;
  configDirectory: string;
  remove(): Promise<void>;
}

/** A person at a terminal of their own: the built binary with a home, a folder and contexts that nobody else uses. */
export async function createCli(): Promise<Cli> {
  const home = await mkdtemp(path.join(tmpdir(), 'spike-cli-'));
  const configDirectory = path.join(home, 'config');
  return {
    configDirectory,
    run: (args, options = {}) =>
      run(args, { HOME: home, SPIKE_CONFIG_DIR: configDirectory }, { cwd: home, ...options }),
    remove: () => rm(home, { recursive: true, force: true }),
  };
}

function run(args: string[], own: Record<string, string>, options: CliOptions): Promise<CliRun> {
  const { env = {}, input = '', cwd, signalAfterMs } = options;
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(SPIKE_|NODE_OPTIONS|FORCE_COLOR|JEST)/.test(name),
  );
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BINARY, ...args], {
      env: { ...Object.fromEntries(inherited), ...own, ...env },
      ...(cwd === undefined ? {} : { cwd }),
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    // A command that does not read its input may be gone before it is written.
    child.stdin.on('error', () => undefined).end(input);
    const signalled = signalAfterMs && setTimeout(() => child.kill(signalAfterMs.signal), signalAfterMs.ms);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(signalled);
      resolve({ stdout, stderr, code, json: () => JSON.parse(stdout) });
    });
  });
}
