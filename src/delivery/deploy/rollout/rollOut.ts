import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../openCluster.js';
import { createBoard, type BoardStep } from './createBoard.js';
import { lookAtDeployment, lookAtJob, type DeploymentView, type JobView } from './lookAtWorkloads.js';

/** How a change of the release ended. */
export interface RolloutEnd {
  state: 'done' | 'failed' | 'timedOut' | 'gaveUp' | 'interrupted';
  /** What helm said, or why it was told to end; empty when all went well. */
  message: string;
  deployments: DeploymentView[];
  job: JobView | undefined;
}

export interface Workloads {
  deployments: readonly { name: string; isChanged: boolean }[];
  /** The Job that runs before the new pods; undefined when this change runs none. */
  job: string | undefined;
}

interface RolloutOptions {
  cluster: Cluster;
  namespace: string;
  workloads: Workloads;
  wait: boolean;
  timeoutSeconds: number;
  /** For how long a pod may be in a state that seldom heals. */
  giveUpSeconds: number;
  signal: AbortSignal;
  /** Runs helm until the signal ends it. */
  change(signal: AbortSignal): Promise<void>;
  /** Shows the steps until all have ended; throws what ended them. */
  show(steps: BoardStep[]): Promise<void>;
}

const LOOK_INTERVAL_MS = 1_000;
const JOB_PREFIX = 'Job ';

type EndedEarly = 'timedOut' | 'gaveUp' | 'interrupted';

/**
 * Runs helm and looks at the workloads meanwhile. Helm decides when all is ready; it is told to end (and then notes the
 * revision as failed) when the time is over, when a pod has been in a stubborn state for too long, and on Ctrl-C.
 */
export async function rollOut(options: RolloutOptions): Promise<RolloutEnd> {
  const { cluster, namespace, workloads, wait } = options;
  const before = await look(cluster, namespace, workloads);
  const board = createBoard([
    ...(workloads.job === undefined ? [] : [`${JOB_PREFIX}${workloads.job}`]),
    ...(wait ? workloads.deployments.map(({ name }) => name) : []),
  ]);
  const ending = new AbortController();
  let why: EndedEarly | undefined;
  const endEarly = (reason: EndedEarly) => {
    why ??= reason;
    ending.abort();
  };
  const interrupt = () => endEarly('interrupted');
  options.signal.addEventListener('abort', interrupt);
  const deadline = setTimeout(() => endEarly('timedOut'), options.timeoutSeconds * 1_000);
  const shown = options.show(board.steps).catch(() => undefined);
  const stubborn = createPatience(options.giveUpSeconds);
  let failure: unknown;
  let hasEnded = false;
  const changed = options
    .change(ending.signal)
    .catch((error: unknown) => void (failure = error))
    .finally(() => (hasEnded = true));
  try {
    while (!hasEnded) {
      // A look that fails is made again: helm has its own connection, and decides.
      const now = await look(cluster, namespace, workloads).catch(() => undefined);
      if (now !== undefined) {
        tell(board, now, before, workloads);
        if (wait && stubborn.isOver(now)) endEarly('gaveUp');
      }
      await Promise.race([changed, sleep(LOOK_INTERVAL_MS)]);
    }
    const now = await look(cluster, namespace, workloads).catch(() => before);
    if (failure === undefined) finishAll(board, now, workloads);
    else board.fail(new Error('The rollout did not end well.'));
    await shown;
    const state = failure === undefined ? 'done' : (why ?? 'failed');
    return { state, message: failure === undefined ? '' : (failure as Error).message, ...now };
  } finally {
    clearTimeout(deadline);
    options.signal.removeEventListener('abort', interrupt);
  }
}

type Look = Pick<RolloutEnd, 'deployments' | 'job'>;

async function look(cluster: Cluster, namespace: string, { deployments, job }: Workloads): Promise<Look> {
  const [views, jobView] = await Promise.all([
    Promise.all(deployments.map(({ name }) => lookAtDeployment(cluster, namespace, name))),
    job === undefined ? undefined : lookAtJob(cluster, namespace, job),
  ]);
  return { deployments: views, job: jobView };
}

type Board = ReturnType<typeof createBoard>;

function tell(board: Board, now: Look, before: Look, workloads: Workloads): void {
  const { job } = now;
  // The Job of the last revision stays until the new one takes its place.
  if (job?.uid !== undefined && job.uid !== before.job?.uid) {
    const name = `${JOB_PREFIX}${job.name}`;
    if (job.state === 'done') board.finish(name, `${name}: done`);
    else board.say(name, `${name}: ${job.state}${job.trouble?.isStubborn === true ? ` (${job.trouble.reason})` : ''}`);
  }
  for (const [index, view] of now.deployments.entries()) {
    const old = before.deployments[index];
    const isApplied = view.uid !== old?.uid || view.generation !== old?.generation;
    const isTouched = workloads.deployments[index]?.isChanged === true;
    // Helm begins with these when the Job is done, and may have removed it by then.
    if (isApplied && job !== undefined) board.finish(`${JOB_PREFIX}${job.name}`, `${JOB_PREFIX}${job.name}: done`);
    if (view.uid === undefined || (isTouched && !isApplied)) continue;
    if (view.isReady) board.finish(view.name, readyText(view));
    else board.say(view.name, progressText(view));
  }
}

function finishAll(board: Board, now: Look, { job }: Workloads): void {
  if (job !== undefined) board.finish(`${JOB_PREFIX}${job}`, `${JOB_PREFIX}${job}: done`);
  for (const view of now.deployments) board.finish(view.name, readyText(view));
}

function readyText({ name, ready, replicas }: DeploymentView): string {
  return `${name}: ${ready} of ${replicas} ready`;
}

function progressText({ name, ready, replicas, updated, trouble }: DeploymentView): string {
  const why = trouble === null || trouble.reason === 'NotReady' ? '' : ` (${trouble.reason})`;
  return `${name}: ${Math.min(ready, updated)} of ${replicas} ready, ${updated} started${why}`;
}

/** Knows since when which pod has been in a stubborn state without the workload having become ready. */
function createPatience(seconds: number) {
  const since = new Map<string, { pod: string; atMs: number }>();
  return {
    isOver({ deployments, job }: Look): boolean {
      const views = [...deployments, ...(job === undefined ? [] : [job])];
      return views.some(({ name, trouble, ...view }) => {
        const known = since.get(name);
        if (
          trouble === null ||
          ('isReady' in view && view.isReady) ||
          (known !== undefined && known.pod !== trouble.pod)
        ) {
          since.delete(name);
        }
        if (trouble === null) return false;
        // Between two crashes a container runs for a moment; that is no recovery.
        if (trouble.isStubborn && !since.has(name)) since.set(name, { pod: trouble.pod, atMs: performance.now() });
        const first = since.get(name);
        return first !== undefined && performance.now() - first.atMs >= seconds * 1_000;
      });
    },
  };
}
