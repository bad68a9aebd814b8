import { outcomeNames } from '../../domain/outcomeNames.js';
import type { OutcomeRates, Outcomes } from '../../domain/wire.js';
import type { RedisStore } from './connectRedis.js';
import { pairs } from './events.js';

/** Answers are counted in slots of this length for the rates: a rate is at most so much older than its window says. */
const SLOT_MS = 2_000;
const RATE_WINDOWS_SECONDS = [10, 60];
/** Those of the longest window, the one that is being filled, and one that a slow clock may still ask for. */
const SLOTS = (Math.max(...RATE_WINDOWS_SECONDS) * 1_000) / SLOT_MS + 2;

/** What is known of an event's answers. */
export interface EventAnswers {
  /** Since the event was created. A process that dies takes its last half second of counts with it. */
  outcomes: Outcomes;
  rates: OutcomeRates[];
  /** When the counts say that somebody was first and last told yes (200 or 202), Redis' clock; undefined: nobody was. */
  firstAcceptedAtMs: number | undefined;
  lastAcceptedAtMs: number | undefined;
}

/**
 * Adds to the counts of an event's answers, to all of them or to none. After an error they may be added again; only when the
 * connection was lost before the answer may they have been counted already.
 */
export async function addOutcomes(redis: RedisStore, eventId: string, added: Partial<Outcomes>): Promise<void> {
  const { keys } = redis;
  const counts = outcomeNames.flatMap((name) => [name, added[name] ?? 0]);
  await redis.run('addOutcomes', [keys.outcomes(eventId), keys.recent(eventId)], [SLOT_MS, SLOTS, ...counts]);
}

export async function readAnswers(redis: RedisStore, eventId: string): Promise<EventAnswers> {
  const reply = await redis.client
    .multi()
    .hmget(redis.keys.outcomes(eventId), ...outcomeNames, 'firstAcceptedAtMs', 'lastAcceptedAtMs')
    .call('HGETALL', redis.keys.recent(eventId))
    .time()
    .exec();
  const [totals, recent, time] = (reply ?? []).map(([error, value]) => {
    if (error) throw error;
    return value;
  }) as [(string | null)[], string[], [string, string]];
  const nowMs = Number(time[0]) * 1_000 + Math.floor(Number(time[1]) / 1_000);
  const slots = [...pairs(recent).values()].map(parseSlot);
  const [firstAcceptedAtMs, lastAcceptedAtMs] = totals
    .slice(outcomeNames.length)
    .map((timeMs) => (timeMs === null ? undefined : Number(timeMs)));
  return {
    outcomes: toOutcomes((index) => Number(totals[index] ?? 0)),
    rates: RATE_WINDOWS_SECONDS.map((windowSeconds) => rateOf(slots, windowSeconds, nowMs)),
    firstAcceptedAtMs,
    lastAcceptedAtMs,
  };
}

interface Slot {
  number: number;
  counts: number[];
}

function parseSlot(text: string): Slot {
  const [number, counts = ''] = text.split(':');
  return { number: Number(number), counts: counts.split(',').map(Number) };
}

/** Over whole slots and the one that is being filled, divided by the time that they cover together. */
function rateOf(slots: readonly Slot[], windowSeconds: number, nowMs: number): OutcomeRates {
  const current = Math.floor(nowMs / SLOT_MS);
  const first = current - (windowSeconds * 1_000) / SLOT_MS;
  const seconds = (nowMs - first * SLOT_MS) / 1_000;
  const within = slots.filter(({ number }) => number >= first && number <= current);
  return {
    windowSeconds,
    perSecond: toOutcomes((index) => {
      const count = within.reduce((sum, { counts }) => sum + (counts[index] ?? 0), 0);
      return Math.round((count / seconds) * 100) / 100;
    }),
  };
}

function toOutcomes(countOf: (index: number) => number): Outcomes {
  return Object.fromEntries(outcomeNames.map((name, index) => [name, countOf(index)])) as unknown as Outcomes;
}
