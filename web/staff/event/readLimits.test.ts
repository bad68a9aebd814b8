import { describe, expect, test } from '@jest/globals';
import type { LimitView } from '../../../src/domain/limits.js';
import { readLimits } from './readLimits.js';

const limits: LimitView[] = [
  { name: 'userBurst', value: 3, origin: 'event', event: 3, global: 5, setting: 10 },
  { name: 'queueFactor', value: 2, origin: 'setting', event: null, global: null, setting: 2 },
];
const ofEvent = ({ event }: LimitView) => event;

describe('limits that are typed', () => {
  test('change what is another value than this level has, and an empty field takes it back', () => {
    expect(readLimits(limits, { userBurst: ' 4 ', queueFactor: '2,5' }, ofEvent).changes).toEqual({
      userBurst: 4,
      queueFactor: 2.5,
    });
    expect(readLimits(limits, { userBurst: '' }, ofEvent).changes).toEqual({ userBurst: null });
  });

  test('that nobody touched, or that are as before, change nothing', () => {
    expect(readLimits(limits, { userBurst: '3', queueFactor: '' }, ofEvent).changes).toEqual({});
    // The value in force is not this level's own: setting it here is a change.
    expect(readLimits(limits, { queueFactor: '2' }, ofEvent).changes).toEqual({ queueFactor: 2 });
  });

  test('outside of their bounds are faults', () => {
    expect([...readLimits(limits, { userBurst: '1.5', queueFactor: '0' }, ofEvent).faults]).toEqual([
      'userBurst',
      'queueFactor',
    ]);
  });
});
