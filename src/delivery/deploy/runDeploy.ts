import { createHelm, type Helm, type Revision } from './createHelm.js';
import type { Input } from './openInput.js';
import type { Cluster } from './openCluster.js';
import type { DeployPlan } from './planDeploy.js';
import { goodRevision } from './preflight/checkRelease.js';
import type { BoardStep } from './rollout/createBoard.js';
import { explainTrouble, type Trouble } from './rollout/explainTrouble.js';
import type { DeploymentView } from './rollout/lookAtWorkloads.js';
import { rollOut, type RolloutEnd, type Workloads } from './rollout/rollOut.js';
import type { Scrub } from './secrecy.js';

/** How a deployment or a way back ended, with what stands now. */
export interface ChangeEnd {
  state: RolloutEnd['state'];
  /** What helm said, or why it was told to end; empty when all went well. */
  message: string;
  services: DeploymentView[];
  /** Of what is not well: the reasons, events and last log lines. */
  troubles: Trouble[];
  /** The newest revision, as helm notes it; undefined when there is none. */
  now: Revision | undefined;
  /** To which a way back would lead; undefined when there is none. */
  good: Revision | undefined;
}

export interface ChangeOptions {
  helm: Helm;
  cluster: Cluster;
  namespace: string;
  workloads: Workloads;
  wait: boolean;
  timeoutSeconds: number;
  giveUpSeconds: number;
  signal: AbortSignal;
  scrub: Scrub;
  show(steps: BoardStep[]): Promise<void>;
}

/** Installs or upgrades as planned. */
export function runDeploy(options: ChangeOptions & { input: Input; createNamespace: boolean }): Promise<ChangeEnd> {
  const { helm, input, createNamespace } = options;
  return runChange(options, (rollout) => helm.upgrade(input, { ...rollout, createNamespace }));
}

/** Goes back to a revision. */
export function runRollback(options: ChangeOptions & { revision: number }): Promise<ChangeEnd> {
  const { helm, revision } = options;
  return runChange(options, (rollout) => helm.rollback(revision, rollout));
}

/** Takes away a first installation that failed: there is nothing to go back to. */
export function runUninstall(options: ChangeOptions): Promise<ChangeEnd> {
  const { helm } = options;
  return runChange(options, (rollout) => helm.uninstall(rollout));
}

type Rollout = Pick<ChangeOptions, 'wait' | 'timeoutSeconds' | 'signal'>;

async function runChange(options: ChangeOptions, change: (rollout: Rollout) => Promise<void>): Promise<ChangeEnd> {
  const { helm, cluster, namespace, scrub, wait, timeoutSeconds } = options;
  const end = await rollOut({ ...options, change: (signal) => change({ wait, timeoutSeconds, signal }) });
  const { state, message, deployments, job } = end;
  const troubles =
    state === 'done' ? [] : await explainTrouble({ cluster, namespace, deployments, job, scrub }).catch(() => []);
  // The signal that ended helm would end this question, too.
  const history = await unhurried(helm, options).catch(() => []);
  return {
    state,
    message: scrub(message),
    services: deployments,
    troubles,
    now: history[0],
    good: goodRevision(history),
  };
}

function unhurried(helm: Helm, { scrub }: ChangeOptions): Promise<Revision[]> {
  return createHelm(helm.tool, helm.target, { signal: new AbortController().signal, scrub }).history();
}

/** Which workloads the plan touches, and the Job that it runs first. */
export function workloadsOf({ objects, migration }: Pick<DeployPlan, 'objects' | 'migration'>): Workloads {
  const deployments = objects
    .filter(({ kind, change }) => kind === 'Deployment' && change !== 'remove')
    .map(({ name, change }) => ({ name, isChanged: change !== 'unchanged' }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return { deployments, job: migration?.job };
}

/** Whether anything of the release would be another. Hooks that only run again do not count. */
export function isUnchanged({ objects, current }: DeployPlan): boolean {
  return current?.status === 'deployed' && objects.every(({ change }) => change === 'unchanged');
}
