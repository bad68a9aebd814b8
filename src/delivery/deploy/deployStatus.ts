import type { Cluster } from './openCluster.js';
import type { Release, Target } from './createHelm.js';
import { ingressUrl, migrationJobOf, parseHooks, parseManifests } from './manifests.js';
import type { OpenRelease } from './openRelease.js';
import { lookAtDeployment, lookAtJob, type DeploymentView } from './rollout/lookAtWorkloads.js';

export interface ServiceStatus {
  name: string;
  replicas: number;
  ready: number;
  restarts: number;
  image: string | null;
  isReady: boolean;
  /** Why it is not; null when it is. */
  reason: string | null;
}

export interface DeployStatus {
  ready: boolean;
  release: string;
  namespace: string;
  context: string | null;
  cluster: string | null;
  revision: number;
  /** As helm notes it: `deployed`, `failed`, `pending-upgrade`. */
  state: string;
  description: string;
  updatedAt: string;
  chart: string;
  appVersion: string;
  services: ServiceStatus[];
  migration: { job: string; state: 'done' | 'failed' | 'running' | 'unknown' } | null;
  ingressUrl: string | null;
}

/** What runs of a release, and whether all of it is ready. */
export async function deployStatus(
  { helm, cluster, name, history }: OpenRelease,
  target: Target,
): Promise<DeployStatus> {
  const { release, namespace } = target;
  const [current] = history;
  const kept = await helm.release();
  const manifests = parseManifests(kept.manifest);
  const names = manifests.filter(({ kind }) => kind === 'Deployment').map((one) => one.name);
  const views = await Promise.all(names.sort().map((one) => lookAtDeployment(cluster, namespace, one)));
  const services = views.map(toStatus);
  return {
    ready: current.status === 'deployed' && services.every(({ isReady }) => isReady),
    release,
    namespace,
    context: name.context,
    cluster: name.server,
    revision: current.revision,
    state: current.status,
    description: current.description,
    updatedAt: new Date(current.updated).toISOString(),
    chart: current.chart,
    appVersion: current.appVersion,
    services,
    migration: await migrationStatus(cluster, namespace, kept),
    ingressUrl: ingressUrl(manifests),
  };
}

export function toStatus(view: DeploymentView): ServiceStatus {
  const { name, replicas, ready, restarts, image, isReady, trouble, uid } = view;
  const why = uid === undefined ? 'The Deployment is not there.' : (trouble?.reason ?? 'NotReady');
  return { name, replicas, ready, restarts, image, isReady, reason: isReady ? null : why };
}

/** As helm noted it with this revision: the Job that is there may be of another. While helm waits for it, the Job is asked. */
async function migrationStatus(
  cluster: Cluster,
  namespace: string,
  { hooks }: Release,
): Promise<DeployStatus['migration']> {
  const job = migrationJobOf(parseHooks(hooks));
  if (job === undefined) return null;
  const noted = hooks.find((hook) => hook.name === job.name && hook.kind === 'Job')?.last_run?.phase;
  if (noted === 'Succeeded') return { job: job.name, state: 'done' };
  if (noted === 'Failed') return { job: job.name, state: 'failed' };
  const { state } = await lookAtJob(cluster, namespace, job.name);
  return { job: job.name, state: state === 'none' ? 'unknown' : state };
}
