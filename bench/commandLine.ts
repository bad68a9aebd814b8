import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { settings } from '../src/config/settings.js';
import { findFreePort } from '../src/daemon/findFreePort.js';
import { portSettings, processNames } from '../src/daemon/services/processNames.js';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const BINARY = path.join(ROOT, 'bin', 'spikectl.js');
const RUNS = Number(process.env.BENCH_RUNS ?? 5);
const HELP_GOAL_MS = 300;
const STATUS_GOAL_MS = 1_000;
/** A first start makes data folders and boots an Erlang machine. */
const TIMEOUT_MS = 180_000;

export type Note = (what: string, value: string, goal?: string) => void;

/**
 * What an operator waits for before anything happens: `--help` of every command, and `status` with everything down and with
 * everything up. The best of some runs counts, because what else the machine does can only make it slower; all are compared
 * with an empty Node program of the same minute.
 */
export async function measureCommandLine(note: Note, say: (text: string) => void): Promise<void> {
  const home = await mkdtemp(path.join(tmpdir(), 'spike-bench-cli-'));
  const environment: Record<string, string> = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('SPIKE_'))),
    SPIKE_HOME: path.join(home, 'home'),
    SPIKE_CONFIG_DIR: path.join(home, 'config'),
  };
  for (const name of processNames) environment[settings[portSettings[name]].env] = String(await findFreePort());
  const spikectl = (args: readonly string[]) => run([BINARY, ...args], environment);
  try {
    say('an empty Node program …');
    const empty = await best(() => run(['-e', '0'], environment));
    note('node -e 0', milliseconds(empty));
    say('--help of every command …');
    const helps: { name: string; ms: number }[] = [];
    for (const name of ['', ...(await commandNames())]) {
      const ms = await best(() => spikectl([...name.split(' ').filter(Boolean), '--help']));
      helps.push({ name: `spikectl ${name}`.trim(), ms });
    }
    helps.sort((a, b) => b.ms - a.ms);
    note(`slowest --help: ${helps[0]!.name}`, compared(helps[0]!.ms, empty), `< ${HELP_GOAL_MS} ms`);
    for (const { name, ms } of helps) note(`  ${name} --help`, compared(ms, empty));
    say('status …');
    note('status, everything down', compared(await best(() => spikectl(['status'])), empty), `< ${STATUS_GOAL_MS} ms`);
    await spikectl(['up', '--yes']);
    note('status, everything up', compared(await best(() => spikectl(['status'])), empty), `< ${STATUS_GOAL_MS} ms`);
  } finally {
    await spikectl(['down', '--purge', '--yes']);
    await rm(home, { recursive: true, force: true });
  }
}

async function commandNames(): Promise<string[]> {
  const manifest = JSON.parse(await readFile(path.join(ROOT, 'oclif.manifest.json'), 'utf8')) as { commands: object };
  return Object.keys(manifest.commands).map((id) => id.replaceAll(':', ' '));
}

async function run(args: readonly string[], env: Record<string, string>): Promise<void> {
  await promisify(execFile)(process.execPath, args, { env, timeout: TIMEOUT_MS });
}

async function best(once: () => Promise<void>): Promise<number> {
  let bestMs = Infinity;
  for (let count = 0; count < RUNS; count += 1) {
    const since = performance.now();
    await once();
    bestMs = Math.min(bestMs, performance.now() - since);
  }
  return bestMs;
}

function compared(ms: number, emptyMs: number): string {
  return `${milliseconds(ms)} (${(ms / emptyMs).toFixed(1)} of node -e 0)`;
}

function milliseconds(ms: number): string {
  return `${ms.toFixed(0)} ms`;
}
