import type { ContainerStatus, Pod } from './kubeTypes.js';

/** Why a pod is not what it should be. */
export interface PodTrouble {
  /** `ImagePullBackOff` */
  reason: string;
  message: string;
  container: string | null;
  /** Whether the container ran and ended: its last words are those of the run before. */
  hasEnded: boolean;
  /** A state that seldom heals by itself: an image that is not there, a container that ends again and again. */
  isStubborn: boolean;
}

const stubbornReasons: ReadonlySet<string> = new Set([
  'ImagePullBackOff',
  'ErrImagePull',
  'ErrImageNeverPull',
  'InvalidImageName',
  'CrashLoopBackOff',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
]);

/** What keeps a container waiting while nothing is wrong. */
const usualReasons: ReadonlySet<string> = new Set(['ContainerCreating', 'PodInitializing']);

/** The first thing that is wrong with a pod, from its place on a node to its probes; undefined when it is ready or on its way. */
export function podTrouble({ status }: Pod): PodTrouble | undefined {
  const { conditions = [], containerStatuses = [], initContainerStatuses = [] } = status ?? {};
  const scheduled = conditions.find(({ type, status: is }) => type === 'PodScheduled' && is === 'False');
  if (scheduled !== undefined) {
    return trouble(scheduled.reason ?? 'Unschedulable', scheduled.message ?? 'No node takes the pod.', {});
  }
  for (const container of [...initContainerStatuses, ...containerStatuses]) {
    const found = containerTrouble(container);
    if (found !== undefined) return found;
  }
  if (status?.phase === 'Failed') return trouble(status.reason ?? 'Failed', status.message ?? 'The pod failed.', {});
  const running = containerStatuses.find(({ ready, state }) => !ready && state?.running !== undefined);
  if (running === undefined) return undefined;
  return trouble('NotReady', `Container ${running.name} runs and does not answer its readiness or startup probe.`, {
    container: running.name,
  });
}

function containerTrouble({ name, state, lastState, restartCount }: ContainerStatus): PodTrouble | undefined {
  const { reason = '', message = '' } = state?.waiting ?? {};
  if (state?.waiting !== undefined && reason !== '' && !usualReasons.has(reason)) {
    const ended = lastState?.terminated;
    const how = ended === undefined ? '' : ` It ended ${restartCount} times, last with ${exitText(ended)}.`;
    return trouble(reason, `${message || reason}.${how}`.replace('..', '.'), {
      container: name,
      hasEnded: ended !== undefined,
      isStubborn: stubbornReasons.has(reason),
    });
  }
  const terminated = state?.terminated;
  if (terminated === undefined || terminated.exitCode === 0) return undefined;
  return trouble(terminated.reason ?? 'Error', `Container ${name} ended with ${exitText(terminated)}.`, {
    container: name,
  });
}

function exitText({ exitCode, reason }: { exitCode: number; reason?: string }): string {
  return reason === undefined || reason === 'Error' ? `exit code ${exitCode}` : `exit code ${exitCode} (${reason})`;
}

function trouble(reason: string, message: string, more: Partial<PodTrouble>): PodTrouble {
  return { reason, message, container: null, hasEnded: false, isStubborn: false, ...more };
}
