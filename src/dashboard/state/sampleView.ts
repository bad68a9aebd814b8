import type { LiveEventView, LiveFrame, ProcessView } from '../../domain/wire/live.js';
import { addFrame, emptyHistory } from './history.js';
import type { View } from './view.js';

/** A system in the middle of a sale, for the tests of what draws it. */

const sampleAt = '2026-05-01T10:00:00.000Z';

export function sampleEvent(changes: Partial<LiveEventView> = {}): LiveEventView {
  const counts = {
    accepted: 1_200,
    pending: 3,
    soldOut: 0,
    alreadyOrdered: 340,
    limited: 77,
    notEligible: 12,
    overloaded: 5,
    error: 0,
  };
  const none = Object.fromEntries(Object.keys(counts).map((name) => [name, 0])) as unknown as typeof counts;
  return {
    id: '3',
    key: 'lamp-of-the-year',
    title: 'Lamp of the year',
    commodity: { id: '1', name: 'Lamp', description: null },
    state: 'open',
    priceCents: 4_990,
    quantity: 5_000,
    available: 3_790,
    pending: 10,
    sold: 1_200,
    purchaseLimit: 2,
    startsAt: '2026-05-01T09:00:00.000Z',
    endsAt: '2026-05-01T12:00:00.000Z',
    paymentWindowSeconds: 900,
    rule: [{ name: 'base', rule: { age: { min: 18 } } }],
    ruleVersion: 2,
    fence: '1',
    limits: { userRatePerSecond: 10, userBurst: 40, queueFactor: 5, maxInFlight: 2_000 },
    ownLimits: { userBurst: 40 },
    outcomes: counts,
    rates: [
      { windowSeconds: 10, perSecond: { ...none, accepted: 120.4, alreadyOrdered: 35, limited: 7.25 } },
      { windowSeconds: 60, perSecond: none },
    ],
    times: { firstAcceptedAt: '2026-05-01T09:00:01.000Z', lastAcceptedAt: sampleAt },
    createdAt: '2026-04-30T10:00:00.000Z',
    updatedAt: '2026-04-30T10:00:00.000Z',
    ...changes,
  };
}

export function sampleProcess(service: string, changes: Partial<ProcessView> = {}): ProcessView {
  return {
    service,
    instance: '0',
    pid: 4_000,
    host: 'here',
    startedAt: '2026-05-01T08:00:00.000Z',
    version: '0.1.0',
    cpu: 0.42,
    memoryBytes: 138e6,
    eventLoopLagP99Ms: 3.4,
    restarts: 0,
    ...changes,
  };
}

export function sampleFrame(changes: Partial<LiveFrame> = {}): LiveFrame {
  const later = { id: '4', title: 'Early access', state: 'scheduled', startsAt: '2026-05-01T10:20:00.000Z' } as const;
  return {
    at: sampleAt,
    sequence: 7,
    intervalMs: 1_000,
    events: [sampleEvent(), sampleEvent({ ...later, quantity: 100, available: 100, pending: 0, sold: 0 })],
    eventsTotal: 2,
    queues: [
      { name: 'spike.orders.v1', role: 'orders', ready: 12, unacked: 256, consumers: 1, oldestAgeMs: 140 },
      { name: 'spike.orders.dead.v2', role: 'dead', ready: 2, unacked: 0, consumers: 0, oldestAgeMs: null },
    ],
    consumers: [{ inHand: 256, oldestAgeMs: 140, reportAgeMs: 300 }],
    processes: [
      ...['access', 'admin', 'order'].map((service) => sampleProcess(service)),
      sampleProcess('spike', { cpu: 0.97 }),
      sampleProcess('spike', { instance: '1', restarts: 1 }),
      sampleProcess('user'),
    ],
    stores: [
      { name: 'mysql', status: 'up', latencyMs: 1.6, version: '10.11.6-MariaDB' },
      { name: 'redis', status: 'up', latencyMs: 0.4, version: '7.0.15' },
      { name: 'rabbitmq', status: 'up', latencyMs: 2.2, version: '3.10.8' },
    ],
    purchaseLatencyMs: { p50: 4.5, p99: 86, count: 5_102 },
    alerts: [
      {
        level: 'warning',
        code: 'DEAD_LETTERS',
        text: '2 dead letters to look at.',
        eventId: null,
        next: 'spikectl queue peek',
      },
    ],
    log: [
      {
        id: '9',
        at: '2026-05-01T09:59:00.000Z',
        actor: 'olga',
        action: 'event.restock',
        targetType: 'event',
        targetId: '3',
        detail: 'quantity 4000 → 5000',
      },
      {
        id: '8',
        at: '2026-05-01T09:58:00.000Z',
        actor: 'ann',
        action: 'user.block',
        targetType: 'user',
        targetId: '77',
        detail: null,
      },
    ],
    ...changes,
  };
}

export function sampleView(changes: Partial<View> = {}, frame: LiveFrame | undefined = sampleFrame()): View {
  return {
    deployment: 'staging https://shop.example',
    who: { username: 'olga', role: 'operator' },
    isReadonly: false,
    commandSuffix: '',
    feed: { frame, receivedAtMs: 1_000, away: undefined },
    history: frame === undefined ? emptyHistory : addFrame(emptyHistory, undefined, frame),
    ui: { screen: 'overview', selectedId: undefined, isHelpOpen: false, dialog: undefined, notice: undefined },
    nowMs: 1_400,
    ...changes,
  };
}
