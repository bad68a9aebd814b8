import type { Registry } from 'prom-client';
import { outcomeNames } from '../../../domain/outcomeNames.js';
import type { LiveEventView } from '../../../domain/wire/live.js';
import { createBriefCache } from '../../../http/briefCache.js';
import { registerLookMetrics, type LookMetric, type Sample } from '../../../http/lookMetrics.js';
import { FRAME_INTERVAL_MS, type Gathered } from './createFrameGatherer.js';

/** Events that metrics tell of: at most 17 series each. Those that sell come first, then those to come, then the last that ended. */
export const METRIC_EVENTS_MAX = 50;
/** An event that ended is told of for a day: its orders may still be stored, paid and returned. */
const ENDED_SHOWN_MS = 86_400_000;

/**
 * The metrics of the whole system: stock, answers, queues. The admin service knows them, so no process that sells is asked. They
 * are gathered when Prometheus reads them, at most once a second however many read, by the same look that makes live frames.
 *
 * Each process of the admin service exports the same ones: take the `max`, never the `sum`.
 */
export function registerSystemMetrics(registry: Registry, gather: () => Promise<Gathered>): void {
  const cache = createBriefCache<Gathered>(FRAME_INTERVAL_MS);
  registerLookMetrics(registry, () => cache.get('', gather), [...eventMetrics, ...queueMetrics]);
}

type SystemMetric = LookMetric<Gathered>;

const eventMetrics: readonly SystemMetric[] = [
  {
    name: 'spike_event_info',
    help: 'What an event is called and in which state it is; the value is 1',
    type: 'gauge',
    labels: ['event', 'title', 'state'],
    samples: (gathered) => ofEvents(gathered, ({ id, title, state }) => [[{ event: id, title, state }, 1]]),
  },
  {
    name: 'spike_event_quantity_units',
    help: 'Units offered',
    type: 'gauge',
    labels: ['event'],
    // What staff may have changed is known from MySQL alone.
    samples: (gathered) =>
      ofEvents(gathered, ({ id, quantity, sold }) => (sold === null ? [] : [[{ event: id }, quantity]])),
  },
  {
    name: 'spike_event_units',
    help: 'Units by where they are: available (in Redis), pending (reserved, not stored), sold (stored)',
    type: 'gauge',
    labels: ['event', 'state'],
    samples: (gathered) =>
      ofEvents(gathered, ({ id, available, pending, sold }) =>
        Object.entries({ available, pending, sold }).flatMap(([state, units]): Sample[] =>
          units === null ? [] : [[{ event: id, state }, units]],
        ),
      ),
  },
  {
    name: 'spike_event_broken_units',
    help: 'Units by which an invariant is broken: oversold, or sum (available + pending + sold is not the quantity); 0 while it holds',
    type: 'gauge',
    labels: ['event', 'invariant'],
    samples: (gathered) => ofEvents(gathered, (event) => brokenUnits(gathered, event)),
  },
  {
    name: 'spike_event_stuck_reservations',
    help: 'Reservations that have been pending for longer than stuckAfterSeconds and are not parked as dead letters',
    type: 'gauge',
    labels: ['event'],
    samples: (gathered) =>
      ofEvents(gathered, ({ id }) => {
        const stuck = gathered.stuck.get(id);
        return stuck === undefined ? [] : [[{ event: id }, stuck]];
      }),
  },
  {
    name: 'spike_event_rebuilding',
    help: 'Whether Redis does not have the stock in good order, so that purchases wait: 1 or 0',
    type: 'gauge',
    labels: ['event'],
    samples: (gathered) =>
      gathered.isRedisSeen
        ? ofEvents(gathered, ({ id }) => [[{ event: id }, gathered.rebuilding.has(id) ? 1 : 0]])
        : [],
  },
  {
    name: 'spike_event_answers_total',
    help: 'Answers to purchases by outcome since the event was made, over all processes',
    type: 'counter',
    labels: ['event', 'outcome'],
    samples: (gathered) =>
      ofEvents(gathered, ({ id, outcomes }) =>
        outcomes === null ? [] : outcomeNames.map((outcome): Sample => [{ event: id, outcome }, outcomes[outcome]]),
      ),
  },
];

const queueMetrics: readonly SystemMetric[] = [
  {
    name: 'spike_queue_messages_ready',
    help: 'Messages that wait in the queue: orders (on their way to MySQL) or dead (could not be stored)',
    type: 'gauge',
    labels: ['queue'],
    samples: ({ frame }) => (frame.queues ?? []).map(({ role, ready }) => [{ queue: role }, ready]),
  },
  {
    name: 'spike_queue_messages_unacked',
    help: 'Messages of the queue that consumers have in hand, as they last said',
    type: 'gauge',
    labels: ['queue'],
    samples: ({ frame }) =>
      (frame.queues ?? []).flatMap(({ role, unacked }): Sample[] =>
        unacked === null ? [] : [[{ queue: role }, unacked]],
      ),
  },
  {
    name: 'spike_queue_consumers',
    help: 'Consumers of the queue',
    type: 'gauge',
    labels: ['queue'],
    samples: ({ frame }) => (frame.queues ?? []).map(({ role, consumers }) => [{ queue: role }, consumers]),
  },
  {
    name: 'spike_queue_oldest_unacked_seconds',
    help: 'How long a consumer has had its oldest message; not exported while none has one',
    type: 'gauge',
    labels: ['queue'],
    samples: ({ frame }) =>
      (frame.queues ?? []).flatMap(({ role, oldestAgeMs }): Sample[] =>
        oldestAgeMs === null ? [] : [[{ queue: role }, oldestAgeMs / 1_000]],
      ),
  },
];

function ofEvents({ frame }: Gathered, samples: (event: LiveEventView) => readonly Sample[]): readonly Sample[] {
  const shownAfterMs = Date.parse(frame.at) - ENDED_SHOWN_MS;
  return (frame.events ?? []).filter(({ endsAt }) => Date.parse(endsAt) > shownAfterMs).flatMap(samples);
}

/** As the alerts of the frame have it: they allow for units that were on the move while the stores were read. */
function brokenUnits({ frame }: Gathered, { id, quantity, available, pending, sold }: LiveEventView): Sample[] {
  if (available === null || pending === null || sold === null) return [];
  const isFound = (code: string) => frame.alerts.some((alert) => alert.code === code && alert.eventId === id);
  const oversold = isFound('OVERSOLD') ? Math.max(sold - quantity, -available) : 0;
  const drift = isFound('STOCK_DOES_NOT_ADD_UP') ? Math.abs(available + pending + sold - quantity) : 0;
  return [
    [{ event: id, invariant: 'oversold' }, oversold],
    [{ event: id, invariant: 'sum' }, drift],
  ];
}
