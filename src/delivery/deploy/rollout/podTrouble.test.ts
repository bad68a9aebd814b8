import { describe, expect, it } from '@jest/globals';
import type { ContainerStatus, Pod } from './kubeTypes.js';
import { podTrouble } from './podTrouble.js';

const container = (fields: Partial<ContainerStatus>): ContainerStatus => ({
  name: 'user',
  image: 'i',
  ready: false,
  restartCount: 0,
  ...fields,
});
const pod = (status: Pod['status']): Pod => ({
  metadata: { name: 'p', uid: 'u' },
  ...(status === undefined ? {} : { status }),
});
const withState = (state: ContainerStatus['state'], more: Partial<ContainerStatus> = {}) =>
  podTrouble(pod({ phase: 'Pending', containerStatuses: [container({ ...(state && { state }), ...more })] }));

describe('a pod', () => {
  it.each([
    ['that was just made', podTrouble(pod({ phase: 'Pending' }))],
    ['that is being made', withState({ waiting: { reason: 'ContainerCreating' } })],
    ['that is ready', withState({ running: {} }, { ready: true })],
    ['that ended well', withState({ terminated: { exitCode: 0 } })],
  ])('%s is not in trouble', (_which, trouble) => {
    expect(trouble).toBeUndefined();
  });

  it('whose image cannot be pulled is in a stubborn state', () => {
    const trouble = withState({ waiting: { reason: 'ImagePullBackOff', message: 'Back-off pulling image "x"' } });
    expect(trouble).toMatchObject({ reason: 'ImagePullBackOff', isStubborn: true, hasEnded: false, container: 'user' });
  });

  it('that crashes tells how often and with what', () => {
    const lastState = { terminated: { exitCode: 137, reason: 'OOMKilled' } };
    const trouble = withState({ waiting: { reason: 'CrashLoopBackOff' } }, { restartCount: 4, lastState });
    expect(trouble).toMatchObject({ isStubborn: true, hasEnded: true });
    expect(trouble?.message).toBe('CrashLoopBackOff. It ended 4 times, last with exit code 137 (OOMKilled).');
  });

  it('that no node takes says why', () => {
    const conditions = [
      { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: 'Insufficient cpu' },
    ];
    expect(podTrouble(pod({ conditions }))).toMatchObject({ reason: 'Unschedulable', message: 'Insufficient cpu' });
  });

  it('that runs and does not answer its probe is not ready', () => {
    expect(withState({ running: {} })).toMatchObject({ reason: 'NotReady', container: 'user', isStubborn: false });
  });

  it('whose first container waits for an init container shows that one', () => {
    const failing = container({ name: 'wait', state: { terminated: { exitCode: 2 } } });
    const waiting = container({ state: { waiting: { reason: 'PodInitializing' } } });
    expect(podTrouble(pod({ initContainerStatuses: [failing], containerStatuses: [waiting] }))).toMatchObject({
      container: 'wait',
      message: 'Container wait ended with exit code 2.',
    });
  });
});
