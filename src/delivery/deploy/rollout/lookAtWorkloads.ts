import type { Cluster } from '../openCluster.js';
import { podTrouble, type PodTrouble } from './podTrouble.js';
import type { Deployment, Job, ListOf, Pod, ReplicaSet } from './kubeTypes.js';

const HASH_LABEL = 'pod-template-hash';

/** A Deployment as it stands. */
export interface DeploymentView {
  name: string;
  /** Undefined when it is not there. */
  uid: string | undefined;
  generation: number;
  image: string | null;
  replicas: number;
  ready: number;
  updated: number;
  restarts: number;
  /** All pods are of the newest template, and ready. */
  isReady: boolean;
  /** Of the pod that is worst off. */
  trouble: (PodTrouble & { pod: string }) | null;
}

export interface JobView {
  name: string;
  uid: string | undefined;
  state: 'none' | 'running' | 'done' | 'failed';
  message: string | null;
  trouble: (PodTrouble & { pod: string }) | null;
}

export async function lookAtDeployment(cluster: Cluster, namespace: string, name: string): Promise<DeploymentView> {
  const deployment = await cluster.get<Deployment>(`/apis/apps/v1/namespaces/${namespace}/deployments/${name}`);
  if (deployment === undefined) return { ...missing, name };
  const { metadata, spec, status } = deployment;
  const replicas = spec.replicas ?? 1;
  const generation = metadata.generation ?? 0;
  const updated = status?.updatedReplicas ?? 0;
  const ready = status?.readyReplicas ?? 0;
  const isSeen = (status?.observedGeneration ?? 0) >= generation;
  const isReady = isSeen && updated >= replicas && ready >= replicas && (status?.replicas ?? 0) <= updated;
  const labels = spec.selector.matchLabels ?? {};
  const pods = await podsOf(cluster, namespace, {
    ...labels,
    ...(await newestHash(cluster, namespace, metadata.uid, labels)),
  });
  const restarts = pods
    .flatMap((pod) => pod.status?.containerStatuses ?? [])
    .reduce((sum, container) => sum + container.restartCount, 0);
  return {
    name,
    uid: metadata.uid,
    generation,
    image: spec.template.spec.containers[0]?.image ?? null,
    replicas,
    ready,
    updated,
    restarts,
    isReady,
    trouble: isReady ? null : worstOf(pods),
  };
}

const missing = {
  uid: undefined,
  generation: 0,
  image: null,
  replicas: 0,
  ready: 0,
  updated: 0,
  restarts: 0,
  isReady: false,
  trouble: null,
};

/** The label of the pods of the newest template: those of before may be ill for reasons of their own. */
async function newestHash(
  cluster: Cluster,
  namespace: string,
  deploymentUid: string,
  labels: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const path = `/apis/apps/v1/namespaces/${namespace}/replicasets?labelSelector=${selectorOf(labels)}`;
  const sets = (await cluster.get<ListOf<ReplicaSet>>(path))?.items ?? [];
  const revisionOf = ({ metadata }: ReplicaSet) =>
    Number(metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0);
  const [newest] = sets
    .filter(({ metadata }) => metadata.ownerReferences?.some(({ uid }) => uid === deploymentUid))
    .sort((a, b) => revisionOf(b) - revisionOf(a));
  const hash = newest?.metadata.labels?.[HASH_LABEL];
  return hash === undefined ? {} : { [HASH_LABEL]: hash };
}

export async function lookAtJob(cluster: Cluster, namespace: string, name: string): Promise<JobView> {
  const job = await cluster.get<Job>(`/apis/batch/v1/namespaces/${namespace}/jobs/${name}`);
  if (job === undefined) return { name, uid: undefined, state: 'none', message: null, trouble: null };
  const { conditions = [], succeeded = 0 } = job.status ?? {};
  const failed = conditions.find(({ type, status }) => type === 'Failed' && status === 'True');
  const state = failed !== undefined ? 'failed' : succeeded > 0 ? 'done' : 'running';
  // The cluster gives each Job a selector of its own: pods of a Job of the same name before it are not its.
  const labels = job.spec?.selector?.matchLabels ?? { 'job-name': name };
  const pods = state === 'done' ? [] : await podsOf(cluster, namespace, labels);
  const trouble = worstOf(pods) ?? underWay(pods);
  return { name, uid: job.metadata.uid, state, message: failed?.message ?? null, trouble };
}

/** Nothing is wrong with the pod of a Job that has not ended; when it takes too long, it is what one looks at. */
function underWay([pod]: readonly Pod[]): (PodTrouble & { pod: string }) | null {
  if (pod === undefined) return null;
  const reason = pod.status?.phase ?? 'Pending';
  const [container] = pod.status?.containerStatuses ?? [];
  const message = `Its pod is ${reason} and has not ended.`;
  return {
    pod: pod.metadata.name,
    reason,
    message,
    container: container?.state?.running === undefined ? null : container.name,
    hasEnded: false,
    isStubborn: false,
  };
}

async function podsOf(cluster: Cluster, namespace: string, labels: Readonly<Record<string, string>>): Promise<Pod[]> {
  const path = `/api/v1/namespaces/${namespace}/pods?labelSelector=${selectorOf(labels)}`;
  const pods = await cluster.get<ListOf<Pod>>(path);
  return (pods?.items ?? []).filter(({ metadata }) => metadata.deletionTimestamp === undefined);
}

function selectorOf(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map((pair) => pair.join('='));
  return encodeURIComponent(pairs.join(','));
}

function worstOf(pods: readonly Pod[]): (PodTrouble & { pod: string }) | null {
  const troubles = pods.flatMap((pod) => {
    const trouble = podTrouble(pod);
    return trouble === undefined ? [] : [{ ...trouble, pod: pod.metadata.name }];
  });
  return troubles.find(({ isStubborn }) => isStubborn) ?? troubles[0] ?? null;
}
