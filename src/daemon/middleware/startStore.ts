import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError } from '../operatorError.js';
import { launchProcess } from '../launchProcess.js';
import { isRunning } from '../processIdentity.js';
import { stopProcess } from '../stopProcess.js';
import { withLock } from '../withLock.js';
import { containerLogs, isContainerRunning, runContainer } from './docker.js';
import { drivers } from './drivers.js';
import { probeStore } from './probeStore.js';
import { privateUrl, storeTitles, type Report, type StoreName, type StoreSource, type StoreState } from './store.js';
import { nextStoreState, readStoreState, writeStoreState } from './storeState.js';
import { startTimeLeftMs } from './startTimeLeftMs.js';
import { storeLayout } from './storeLayout.js';
import { tailFile } from '../tailFile.js';

type PrivateSource = Exclude<StoreSource, { kind: 'url' }>;

interface StartOptions {
  name: StoreName;
  home: string;
  source: PrivateSource;
  report: Report;
}

const PROBE_PAUSE_MS = 100;
/** For a store that has long been up: a machine that is busy delays its answer, a frozen one never gives any. */
const SILENT_WAIT_MS = 10_000;
/** Two starts of one home wait for each other: the second then finds the store running. */
const LOCK_WAIT_MS = 120_000;
const LOG_LINES_SHOWN = 15;

/**
 * Starts one private store unless it runs, and waits until it answers. A store whose start fails is stopped again: nothing
 * half-started is left behind.
 *
 * What "runs" means: the very processes that an earlier start noted are alive. A file that names dead ones is stale and
 * is overwritten; a process that merely has the same number is somebody else's and is never touched.
 */
export async function startStore(options: StartOptions): Promise<{ url: string; version: string; started: boolean }> {
  const { name, home, report } = options;
  return withLock(storeLayout(home, name).lockFile, { waitMs: LOCK_WAIT_MS }, async () => {
    const previous = await readStoreState(home, name);
    if (previous && (await isAlive(options, previous))) {
      const version = await waitUntilItAnswers(options, previous);
      report({ store: name, message: `was already running (${version}) on port ${previous.port}` });
      return { url: privateUrl(name, previous), version, started: false };
    }
    // What is left of a set of processes of which one died (RabbitMQ's name server, say) goes before the new set comes.
    if (previous) await stopProcesses(options, previous);
    const since = performance.now();
    const state = await launchStore(options, await nextStoreState(name, options.source.kind, previous));
    try {
      const version = await waitUntilReady(options, state);
      const seconds = ((performance.now() - since) / 1_000).toFixed(1);
      report({ store: name, message: `answers (${version}) on port ${state.port} after ${seconds} s` });
      return { url: privateUrl(name, state), version, started: true };
    } catch (error) {
      await stopProcesses(options, state);
      throw error;
    }
  });
}

async function launchStore(options: StartOptions, state: StoreState): Promise<StoreState> {
  const { name, home, source, report } = options;
  const layout = storeLayout(home, name);
  await writeStoreState(home, name, state);
  if (source.kind === 'docker') {
    report({ store: name, message: `starting a container (${drivers[name].container(state).image})` });
    await runContainer({ docker: source.docker, home, name, state, spec: drivers[name].container(state) });
    return state;
  }
  const launches = await drivers[name].prepare({ layout, state, server: source.server, report });
  report({ store: name, message: `starting ${source.server} on port ${state.port}` });
  let current = state;
  for (const launch of launches) {
    const identity = await launchProcess(launch);
    // Noted at once, one by one: whoever dies between two of them leaves a note that tells what to stop.
    current = { ...current, processes: [...current.processes, identity] };
    await writeStoreState(home, name, current);
  }
  return current;
}

async function waitUntilReady(options: StartOptions, state: StoreState): Promise<string> {
  const { version, reason } = await probeUntil(options, state, drivers[options.name].startDeadlineMs);
  if (version === undefined) throw await notStartedError(options, `it does not answer: ${reason}`);
  return version;
}

/** Like `waitUntilReady`, for a store that an earlier start began: one that should answer since long is not waited for. */
async function waitUntilItAnswers(options: StartOptions, state: StoreState): Promise<string> {
  const leftMs = await startTimeLeftMs(options.home, options.name);
  const { version, reason } = await probeUntil(options, state, Math.max(leftMs, SILENT_WAIT_MS));
  if (version === undefined) throw silentError(options, state, reason);
  return version;
}

async function probeUntil(
  options: StartOptions,
  state: StoreState,
  deadlineMs: number,
): Promise<{ version: string | undefined; reason: string }> {
  const { name } = options;
  const deadline = performance.now() + deadlineMs;
  let reason = 'it was not asked';
  while (performance.now() < deadline) {
    try {
      return { version: await probeStore(name, privateUrl(name, state)), reason: '' };
    } catch (error) {
      const { message, code } = error as Error & { code?: string };
      reason = (message || (code ?? 'no reason given')).replace(/\.$/, '');
    }
    if (!(await isAlive(options, state))) throw await notStartedError(options, 'it ended by itself');
    await sleep(PROBE_PAUSE_MS);
  }
  return { version: undefined, reason };
}

/** Its processes are kept: only the operator knows whether a server that is stuck may lose what it has in hand. */
function silentError({ name }: StartOptions, { processes }: StoreState, reason: string): OperatorError {
  const pids = processes.map(({ pid }) => pid).join(',');
  const who = pids === '' ? 'in its container' : `process ${pids.replaceAll(',', ', ')}`;
  const look = `Look whether it was stopped (T) or waits for the disk (D): ps -o pid,stat,etime,comm -p ${pids}`;
  return new OperatorError({
    code: 'MIDDLEWARE_SILENT',
    message: `${storeTitles[name]} runs (${who}) and does not answer: ${reason}.`,
    suggestions: [
      ...(pids === '' ? [] : [look]),
      `spikectl middleware logs ${name}`,
      'To start the stores anew (the data stay): spikectl middleware down, then spikectl middleware up',
    ],
    exit: 5,
  });
}

async function notStartedError({ name, home, source }: StartOptions, why: string): Promise<OperatorError> {
  const { logFile } = storeLayout(home, name);
  const lines =
    source.kind === 'docker'
      ? await containerLogs({ docker: source.docker, home, name, lines: LOG_LINES_SHOWN })
      : await tailFile(logFile, LOG_LINES_SHOWN);
  return new OperatorError({
    code: 'MIDDLEWARE_NOT_STARTED',
    message: [`${storeTitles[name]} did not start: ${why}. Its last words (${logFile}):`, ...lines].join('\n  '),
    suggestions: [`spikectl middleware logs ${name}`, 'spikectl middleware up'],
    exit: 5,
  });
}

async function isAlive({ name, home, source }: StartOptions, state: StoreState): Promise<boolean> {
  if (source.kind === 'docker') return isContainerRunning({ docker: source.docker, home, name });
  if (state.processes.length === 0) return false;
  const alive = await Promise.all(state.processes.map(isRunning));
  return alive.every(Boolean);
}

async function stopProcesses({ name }: StartOptions, state: StoreState): Promise<void> {
  for (const identity of state.processes.toReversed()) {
    await stopProcess(identity, { deadlineMs: drivers[name].stopDeadlineMs });
  }
}
