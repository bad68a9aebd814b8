import { createHash } from 'node:crypto';
import { resources, type Resource } from './resources.js';
import type { KubeObject, Objects } from './createObjects.js';

/** What becomes of the pods of a Deployment or Job; a test sets it by the name of the workload. */
export type Behaviour =
  | 'well'
  /** Runs and never becomes ready. */
  | 'unready'
  | 'imageMissing'
  | 'crashes'
  | 'unschedulable'
  /** A Job that ends with 1. */
  | 'fails'
  /** A Job that never ends. */
  | 'hangs';

/** How long a pod takes to become what it becomes: long enough for a client to see it begin. */
const STARTING_MS = 150;

/**
 * Does to Deployments and Jobs what controllers, scheduler and kubelet do in a cluster, as far as a client can see it: replica
 * sets, pods and events appear with the states in which real ones are found. Nothing runs.
 */
export function runWorkloads(objects: Objects, behaviourOf: (name: string) => Behaviour): { stop(): void } {
  const timers = new Set<NodeJS.Timeout>();
  const later = (run: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, STARTING_MS);
    timers.add(timer);
  };
  const seen = new Map<string, number>();
  const off = objects.onChange(({ type, object }) => {
    if (type === 'DELETED' || (object.kind !== 'Deployment' && object.kind !== 'Job')) return;
    const { uid, generation, name } = object.metadata;
    if (seen.get(uid) === generation) return;
    seen.set(uid, generation);
    const behaviour = behaviourOf(name);
    if (object.kind === 'Deployment') rollOut(objects, object, behaviour, later);
    else runJob(objects, object, behaviour, later);
  });
  return {
    stop() {
      off();
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

type Later = (run: () => void) => void;

function rollOut(objects: Objects, deployment: KubeObject, behaviour: Behaviour, later: Later): void {
  const { metadata, spec } = deployment;
  const replicas = (spec.replicas ?? 1) as number;
  const hash = createHash('sha256').update(JSON.stringify(spec.template)).digest('hex').slice(0, 10);
  const labels = { ...spec.template.metadata.labels, 'pod-template-hash': hash };
  const owner = { apiVersion: 'apps/v1', kind: 'Deployment', name: metadata.name, uid: metadata.uid, controller: true };
  // As the real controller, which takes pods that are not ready away before it makes new ones.
  for (const old of setsOf(objects, deployment)) if (old.status.readyReplicas === 0) objects.remove(old);
  const annotations = { 'deployment.kubernetes.io/revision': String(metadata.generation) };
  const set = objects.put(resourceOf('ReplicaSet'), metadata.namespace, {
    metadata: { name: `${metadata.name}-${hash}`, labels, annotations, ownerReferences: [owner] },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { ...spec.template, metadata: { ...spec.template.metadata, labels } },
    },
    status: { replicas, readyReplicas: 0, observedGeneration: 1 },
  });
  const status = { observedGeneration: metadata.generation, replicas, updatedReplicas: replicas };
  objects.touch(deployment, { status: { ...status, readyReplicas: 0, unavailableReplicas: replicas } });
  const pods = Array.from({ length: replicas }, (_none, index) =>
    makePod(objects, set, spec.template, `${set.metadata.name}-${'abcdefghij'[index]}`, labels),
  );
  later(() => {
    for (const pod of pods) settle(objects, pod, behaviour);
    if (behaviour !== 'well') return;
    objects.touch(set, {
      status: { replicas, readyReplicas: replicas, availableReplicas: replicas, observedGeneration: 1 },
    });
    const conditions = [{ type: 'Available', status: 'True' }];
    objects.touch(deployment, {
      status: { ...status, readyReplicas: replicas, availableReplicas: replicas, conditions },
    });
    for (const old of setsOf(objects, deployment)) if (old.metadata.name !== set.metadata.name) objects.remove(old);
  });
}

function setsOf(objects: Objects, { metadata }: KubeObject): KubeObject[] {
  const isOurs = (set: KubeObject) => set.metadata.ownerReferences?.[0]?.uid === metadata.uid;
  return objects.list('ReplicaSet', metadata.namespace).filter(isOurs);
}

function runJob(objects: Objects, job: KubeObject, behaviour: Behaviour, later: Later): void {
  const { name, namespace } = job.metadata;
  const labels = { ...job.spec.template.metadata?.labels, 'job-name': name, 'batch.kubernetes.io/job-name': name };
  const pod = makePod(objects, job, job.spec.template, `${name}-x`, labels);
  objects.touch(job, { status: { active: 1, startTime: new Date().toISOString() } });
  later(() => {
    if (behaviour === 'well') {
      objects.touch(pod, {
        status: { phase: 'Succeeded', containerStatuses: containers(pod, { terminated: { exitCode: 0 } }) },
      });
      objects.touch(job, { status: { succeeded: 1, conditions: [{ type: 'Complete', status: 'True' }] } });
      return;
    }
    settle(objects, pod, behaviour);
    if (behaviour !== 'fails') return;
    const message = 'Job has reached the specified backoff limit';
    const failed = { type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded', message };
    objects.touch(job, { status: { failed: 1, conditions: [failed] } });
    tellEvent(objects, { kind: 'Job', name, namespace }, 'BackoffLimitExceeded', message);
  });
}

function makePod(
  objects: Objects,
  owner: KubeObject,
  template: { spec: unknown },
  name: string,
  labels: Record<string, string>,
): KubeObject {
  const { kind, metadata } = owner;
  return objects.put(resourceOf('Pod'), metadata.namespace, {
    metadata: { name, labels, ownerReferences: [{ kind, name: metadata.name, uid: metadata.uid }] },
    spec: template.spec,
    status: { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'True' }] },
  });
}

function settle(objects: Objects, pod: KubeObject, behaviour: Behaviour): void {
  const { name, namespace } = pod.metadata;
  const where = { kind: 'Pod', name, namespace };
  const image = pod.spec.containers[0].image as string;
  const notReady = { type: 'Ready', status: 'False', reason: 'ContainersNotReady' };
  const waiting = (reason: string, message: string) => ({ waiting: { reason, message } });
  const set = (status: Record<string, unknown>) => objects.touch(pod, { status });
  if (behaviour === 'well' || behaviour === 'hangs') {
    const conditions = [{ type: 'Ready', status: behaviour === 'well' ? 'True' : 'False' }];
    set({
      phase: 'Running',
      conditions,
      containerStatuses: containers(pod, { running: {} }, { ready: behaviour === 'well' }),
    });
  } else if (behaviour === 'unready') {
    set({ phase: 'Running', conditions: [notReady], containerStatuses: containers(pod, { running: {} }) });
    tellEvent(objects, where, 'Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 503');
  } else if (behaviour === 'imageMissing') {
    const state = waiting('ImagePullBackOff', `Back-off pulling image "${image}"`);
    set({ phase: 'Pending', conditions: [notReady], containerStatuses: containers(pod, state) });
    tellEvent(objects, where, 'Failed', `Failed to pull image "${image}": not found`);
  } else if (behaviour === 'unschedulable') {
    const message = '0/1 nodes are available: 1 Insufficient cpu.';
    set({
      phase: 'Pending',
      conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }],
    });
    tellEvent(objects, where, 'FailedScheduling', message);
  } else {
    const lastState = { terminated: { exitCode: 1, reason: 'Error' } };
    const state =
      behaviour === 'crashes' ? waiting('CrashLoopBackOff', 'back-off 10s restarting failed container') : lastState;
    const more = behaviour === 'crashes' ? { restartCount: 3, lastState } : {};
    const phase = behaviour === 'crashes' ? 'Running' : 'Failed';
    set({ phase, conditions: [notReady], containerStatuses: containers(pod, state, more) });
    tellEvent(objects, where, 'BackOff', 'Back-off restarting failed container');
  }
}

function containers(pod: KubeObject, state: unknown, more: Record<string, unknown> = {}) {
  return (pod.spec.containers as { name: string; image: string }[]).map(({ name, image }) => ({
    name,
    image,
    ready: false,
    restartCount: 0,
    state,
    ...more,
  }));
}

function tellEvent(
  objects: Objects,
  about: { kind: string; name: string; namespace: string | undefined },
  reason: string,
  message: string,
): void {
  const lastTimestamp = new Date().toISOString();
  objects.put(resourceOf('Event'), about.namespace, {
    metadata: { name: `${about.name}.${objects.version}` },
    involvedObject: about,
    type: 'Warning',
    reason,
    message,
    count: 1,
    lastTimestamp,
  });
}

function resourceOf(kind: string): Resource {
  const found = resources.find((resource) => resource.kind === kind);
  if (found === undefined) throw new Error(`The stand-in keeps no ${kind}.`);
  return found;
}
