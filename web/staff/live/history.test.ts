import { describe, expect, test } from '@jest/globals';
import type { LiveEventView, LiveFrame } from '../../../src/domain/wire/live.js';
import { addFrame, emptyHistory, SAMPLES_MAX } from './history.js';
import { roundUp, thin } from './thin.js';

const outcomes = {
  accepted: 0,
  pending: 0,
  soldOut: 0,
  alreadyOrdered: 0,
  limited: 0,
  notEligible: 0,
  overloaded: 0,
  error: 0,
};

function frameAt(seconds: number, event: Partial<LiveEventView>): LiveFrame {
  return {
    at: new Date(1_000 * seconds).toISOString(),
    events: [{ id: '3', available: 90, pending: 2, sold: 8, outcomes, ...event } as LiveEventView],
    queues: [{ name: 'orders', role: 'orders', ready: 4, unacked: 3, consumers: 1, oldestAgeMs: null }],
    purchaseLatencyMs: { p50: 5, p99: 20, count: 100 },
  } as LiveFrame;
}

function watch(frames: readonly LiveFrame[]) {
  return frames.reduce((history, frame, index) => addFrame(history, frames[index - 1], frame), emptyHistory);
}

describe('the history of what was seen live', () => {
  test('has the stock of each second, and the answers between two of them', () => {
    const history = watch([
      frameAt(10, {}),
      frameAt(12, { available: 80, sold: 18, outcomes: { ...outcomes, accepted: 10, limited: 3 } }),
    ]);
    const [first, second] = history.events.get('3')!;
    expect(first).toMatchObject({ atMs: 10_000, available: 90, pending: 2, sold: 8, rates: null });
    expect(second).toMatchObject({ atMs: 12_000, available: 80, rates: { accepted: 5, limited: 1.5 } });
    expect(history.system.at(-1)).toEqual({ atMs: 12_000, latencyP50Ms: 5, latencyP99Ms: 20, queued: 7 });
  });

  test('leaves a gap where frames were missed, and tells no rate over it', () => {
    const history = watch([frameAt(10, {}), frameAt(30, { outcomes: { ...outcomes, accepted: 1_000 } })]);
    const samples = history.events.get('3')!;
    expect(samples).toHaveLength(3);
    expect(samples[1]).toEqual({ atMs: 29_999, available: null, pending: null, sold: null, rates: null });
    expect(samples[2]!.rates).toBeNull();
  });

  test('never tells a rate below zero: counts begin anew when Redis has lost them', () => {
    const history = watch([frameAt(10, { outcomes: { ...outcomes, accepted: 50 } }), frameAt(11, {})]);
    expect(history.events.get('3')!.at(-1)!.rates!.accepted).toBe(0);
  });

  test('keeps an hour and not more, and no frame twice', () => {
    const frames = Array.from({ length: SAMPLES_MAX + 10 }, (_, second) => frameAt(second, {}));
    const history = watch(frames);
    expect(history.events.get('3')).toHaveLength(SAMPLES_MAX);
    expect(addFrame(history, frames.at(-1), frames.at(-1)!)).toBe(history);
  });
});

describe('a line with more points than a plot shows', () => {
  test('keeps the highest of each stretch', () => {
    const points = Array.from({ length: 100 }, (_, atMs) => ({ atMs, value: atMs === 42 ? 9 : 1 }));
    const shown = thin(points, 10);
    expect(shown).toHaveLength(10);
    expect(shown).toContainEqual({ atMs: 42, value: 9 });
  });

  test.each([
    [0, 1],
    [0.3, 1],
    [7, 10],
    [11, 20],
    [200, 200],
    [4_321, 5_000],
  ])('up to %s has an axis up to %s', (value, top) => {
    expect(roundUp(value)).toBe(top);
  });
});
