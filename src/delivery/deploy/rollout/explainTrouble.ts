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
  const troubled: [Trouble['kind'], DeploymentView | JobView][] = [
    ...(job !== undefined && (job.state === 'failed' || job.trouble !== null)
      ? [['Job', job] as [Trouble['kind'], JobView]]
      : []),
    ...deployments
      .filter(({ isReady }) => !isReady)
      .map((one) => ['Deployment', one] as [Trouble['kind'], DeploymentView]),
  ];
  // Pods that were never made say nothing: the Deployments behind a failed Job were not touched.
  const told = job?.state === 'failed' ? troubled.filter(([kind]) => kind === 'Job') : troubled;
  return Promise.all(told.map(([kind, view]) => explain(options, kind, view)));
}

async function explain(
  { cluster, namespace, scrub }: { cluster: Cluster; namespace: string; scrub: Scrub },
  kind: Trouble['kind'],
  view: DeploymentView | JobView,
): Promise<Trouble> {
  const { name, trouble } = view;
  const [ofPod, ofWorkload, log] = await Promise.all([
    trouble === null ? [] : eventsOf(cluster, namespace, 'Pod', trouble.pod),
    eventsOf(cluster, namespace, kind, name),
    trouble?.container == null ? [] : logOf(cluster, namespace, { ...trouble, container: trouble.container }),
  ]);
  return {
    kind,
    workload: name,
    pod: trouble?.pod ?? null,
    container: trouble?.container ?? null,
    reason: trouble?.reason ?? (kind === 'Job' ? 'Failed' : 'NotReady'),
    message: scrub(trouble?.message ?? whyOf(view)),
    events: [...ofWorkload, ...ofPod].slice(-EVENTS_MAX).map(scrub),
    log: log.map(scrub),
  };
}

function whyOf(view: DeploymentView | JobView): string {
  if ('state' in view) return view.message ?? 'The Job failed.';
  if (view.uid === undefined) return 'The Deployment is not there.';
  return `${view.ready} of ${view.replicas} pods are ready, ${view.updated} of them new.`;
}

async function eventsOf(cluster: Cluster, namespace: string, kind: string, name: string): Promise<string[]> {
  const fields = encodeURIComponent(`involvedObject.kind=${kind},involvedObject.name=${name}`);
  const path = `/api/v1/namespaces/${namespace}/events?fieldSelector=${fields}`;
  const events = await cluster.get<ListOf<KubeEvent>>(path).catch(() => undefined);
  return (events?.items ?? [])
    .filter(({ type }) => type === 'Warning')
    .sort((a, b) => timeOf(a).localeCompare(timeOf(b)))
    .map(
      ({ reason = '', message = '', count = 1 }) => `${reason}${count > 1 ? ` (${count}×)` : ''}: ${message.trim()}`,
    );
}

function timeOf({ lastTimestamp, eventTime }: KubeEvent): string {
  return lastTimestamp ?? eventTime ?? '';
}

async function logOf(
  cluster: Cluster,
  namespace: string,
  { pod, container, hasEnded }: { pod: string; container: string; hasEnded: boolean },
): Promise<string[]> {
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
