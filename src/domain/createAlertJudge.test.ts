import { describe, expect, test } from '@jest/globals';
import { createAlertJudge, type Judged } from './createAlertJudge.js';
import type { LiveEventView, LiveQueueView, ProcessView, StoreView } from './wire/live.js';

const nowMs = Date.parse('2026-05-01T10:00:00Z');

function frame(changes: Partial<Judged> = {}): Judged {
  return {
    nowMs,
    events: [event()],
    queues: [queue('orders'), queue('dead')],
    processes: [],
    stores: [],
    stuck: new Map(),
    rebuilding: new Set(),
    ...changes,
  };
}

function event(changes: Partial<LiveEventView> = {}): LiveEventView {
  return { id: '3', quantity: 100, available: 60, pending: 0, sold: 40, ...changes } as LiveEventView;
}

function queue(role: LiveQueueView['role'], changes: Partial<LiveQueueView> = {}): LiveQueueView {
  return {
    name: role,
    role,
    ready: 0,
    unacked: 0,
    consumers: role === 'orders' ? 1 : 0,
    oldestAgeMs: null,
    ...changes,
  };
}

/** The codes of the alerts of each frame. */
function codes(frames: readonly Judged[]): string[][] {
  const judge = createAlertJudge();
  return frames.map((one) => judge(one).map(({ code }) => code));
}

const repeat = (times: number, one: Judged) => Array.from({ length: times }, () => one);

describe('alerts', () => {
  test('there are none while everything adds up', () => {
    expect(codes(repeat(10, frame()))).toEqual(repeat(10, frame()).map(() => []));
  });

  test('a sum that stays wrong while nothing moves is told after some frames, and not before', () => {
    const wrong = frame({ events: [event({ sold: 39 })] });
    const told = codes(repeat(6, wrong)).map((list) => list.includes('STOCK_DOES_NOT_ADD_UP'));
    expect(told).toEqual([false, false, false, false, true, true]);
  });

  test('units that are on their way from one store to the other are no fault, however long the sale runs', () => {
    const moving = Array.from({ length: 20 }, (_, index) =>
      frame({ events: [event({ quantity: 1_000, available: 1_000 - index * 30, pending: 10, sold: index * 30 - 5 })] }),
    );
    expect(codes(moving).flat()).toEqual([]);
  });

  test('a sum that is right again for a moment begins anew', () => {
    const wrong = frame({ events: [event({ sold: 39 })] });
    const frames = [...repeat(4, wrong), frame(), ...repeat(3, wrong)];
    expect(codes(frames).flat()).toEqual([]);
  });

  test('more sold than there is is told at once', () => {
    expect(codes([frame({ events: [event({ available: 0, sold: 102 })] })])).toEqual([['OVERSOLD']]);
  });

  test('what a store that is away would say is not judged', () => {
    const unknown = frame({ events: [event({ available: null, pending: null })], queues: null, processes: null });
    expect(codes(repeat(10, unknown)).flat()).toEqual([]);
  });

  const process = (changes: Partial<ProcessView>) =>
    ({ service: 'spike', instance: '1', restarts: 0, startedAt: '2026-05-01T09:59:50Z', ...changes }) as ProcessView;
  const away: StoreView = { name: 'redis', status: 'away', latencyMs: null, version: null };

  test.each<[string, Partial<Judged>, string]>([
    ['dead letters', { queues: [queue('orders'), queue('dead', { ready: 2 })] }, 'DEAD_LETTERS'],
    ['an order queue that nobody consumes', { queues: [queue('orders', { consumers: 0, ready: 7 })] }, 'NO_CONSUMER'],
    ['reservations that are pending for too long', { stuck: new Map([['3', 1]]) }, 'STUCK_RESERVATIONS'],
    ['stock that is being rebuilt', { rebuilding: new Set(['3']) }, 'STOCK_REBUILDING'],
    ['a store that is away', { stores: [away] }, 'STORE_AWAY'],
    ['a process that was restarted', { processes: [process({ restarts: 2 })] }, 'PROCESS_RESTARTED'],
  ])('%s', (_what, changes, code) => {
    const [alert] = createAlertJudge()(frame(changes));
    expect(alert).toMatchObject({
      code,
      text: expect.stringMatching(/\.$/),
      next: expect.stringMatching(/^spikectl /),
    });
  });

  test('a first start and a restart of long ago are no alert', () => {
    const old = process({ restarts: 3, startedAt: '2026-05-01T09:00:00Z' });
    expect(codes([frame({ processes: [process({}), old] })])).toEqual([[]]);
  });

  test('the worst comes first', () => {
    const all = frame({ stores: [away], queues: [queue('dead', { ready: 1 })], rebuilding: new Set(['3']) });
    const levels = createAlertJudge()(all).map(({ level }) => level);
    expect(levels).toEqual(['critical', 'critical', 'warning']);
  });
});
