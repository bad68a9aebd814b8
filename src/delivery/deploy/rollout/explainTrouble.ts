import type { Cluster } from '../openCluster.js';
import type { Scrub } from '../secrecy.js';
import type { KubeEvent, ListOf } from './kubeTypes.js';
import type { DeploymentView, JobView } from './lookAtWorkloads.js';

/** Why one workload is not ready, with what the cluster and the container say. */
export interface Trouble {
  kind: 'Deployment' | 'Job';
  workload: string;
  pod: string | null;
  container: string | null;
  reason: string;
  message: string;
  /** Warnings about the pod and the workload, the newest last. */
  events: string[];
  /** The last lines of the container. */
  log: string[];
}

const EVENTS_MAX = 5;
const LOG_LINES_MAX = 20;

/** Asks for events and logs of whatever is not well. What cannot be asked is left out: the reason stands without it. */
export async function explainTrouble(options: {
  cluster: Cluster;
  namespace: string;
  deployments: readonly DeploymentView[];
  job: JobView | undefined;
  scrub: Scrub;
}): Promise<Trouble[]> {
  const { deployments, job } = options;
  // Until the Job is done no pod of a Deployment is touched, so that it is the one to look at.
  const isJob = job !== undefined && (job.state === 'failed' || job.state === 'running');
  const told: [Trouble['kind'], DeploymentView | JobView][] = isJob
    ? [['Job', job]]
    : deployments.filter(({ isReady }) => !isReady).map((view) => ['Deployment', view]);
  return Promise.all(told.map(([kind, view]) => explain(options, kind, view)));
}

async function explain(
  { cluster, namespace, scrub }: { cluster: Cluster; namespace: string; scrub: Scrub },
  kind: Trouble['kind'],
  view: DeploymentView | JobView,
): Promise<Trouble> {
  const { name, trouble } = view;
  const [ofPod, ofWorkload, log] = await Promise.all([
    trouble === null ? [] : eventsOf(cluster, namespace, { kind: 'Pod', name: trouble.pod }),
    view.uid === undefined ? [] : eventsOf(cluster, namespace, { kind, name, uid: view.uid }),
    trouble === null ? [] : logOf(cluster, namespace, trouble),
  ]);
  return {
    kind,
    workload: name,
    pod: trouble?.pod ?? null,
    container: trouble?.container ?? null,
    reason: trouble?.reason ?? ('state' in view && view.state === 'failed' ? 'Failed' : 'NotReady'),
    message: scrub(trouble?.message ?? whyOf(view)),
    events: [...ofWorkload, ...ofPod].slice(-EVENTS_MAX).map(scrub),
    log: log.map(scrub),
  };
}

function whyOf(view: DeploymentView | JobView): string {
  if ('state' in view) return view.message ?? (view.state === 'failed' ? 'The Job failed.' : 'The Job has not ended.');
  if (view.uid === undefined) return 'The Deployment is not there.';
  return `${view.ready} of ${view.replicas} pods are ready, ${view.updated} of them new.`;
}

/** A workload of the same name may have been here before: its events are told apart by the uid. */
async function eventsOf(
  cluster: Cluster,
  namespace: string,
  about: { kind: string; name: string; uid?: string },
): Promise<string[]> {
  const conditions = Object.entries(about).map(([field, value]) => `involvedObject.${field}=${value}`);
  const fields = encodeURIComponent(conditions.join(','));
  const path = `/api/v1/namespaces/${namespace}/events?fieldSelector=${fields}`;
  const events = await cluster.get<ListOf<KubeEvent>>(path).catch(() => undefined);
  const texts = (events?.items ?? [])
    .filter(({ type }) => type === 'Warning')
    .sort((a, b) => timeOf(a).localeCompare(timeOf(b)))
    .map(
      ({ reason = '', message = '', count = 1 }) => `${reason}${count > 1 ? ` (${count}×)` : ''}: ${message.trim()}`,
    );
  return [...new Set(texts)];
}

function timeOf({ lastTimestamp, eventTime }: KubeEvent): string {
  return lastTimestamp ?? eventTime ?? '';
}

async function logOf(
  cluster: Cluster,
  namespace: string,
  { pod, container, hasEnded }: { pod: string; container: string | null; hasEnded: boolean },
): Promise<string[]> {
  if (container === null) return [];
  const ask = (previous: boolean) =>
    cluster
      .text(
        `/api/v1/namespaces/${namespace}/pods/${pod}/log?container=${container}&tailLines=${LOG_LINES_MAX}${previous ? '&previous=true' : ''}`,
      )
      .catch(() => '');
  const text = (await ask(hasEnded)) || (hasEnded ? await ask(false) : '');
  return text
    .trimEnd()
    .split('\n')
    .filter((line) => line !== '');
}
