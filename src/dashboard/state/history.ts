import type { Outcomes } from '../../domain/wire.js';
import type { LiveFrame } from '../../domain/wire/live.js';

/** Samples kept: two minutes, more than the widest line of bars shows. */
const SAMPLES_MAX = 120;

/** What was counted between two frames that followed each other, a second. */
export type RateSample = Outcomes;

/** What the frames since the start have shown; frames themselves are not kept. */
export interface History {
  /** Event id → answers a second, the oldest first. */
  rates: ReadonlyMap<string, readonly RateSample[]>;
  latencyP99Ms: readonly (number | null)[];
  /** Orders that waited in the queue. */
  queued: readonly (number | null)[];
}

export const emptyHistory: History = { rates: new Map(), latencyP99Ms: [], queued: [] };

/** @param before the frame before it; undefined when there is none, or frames were missed: then there is no rate to tell */
export function addFrame(history: History, before: LiveFrame | undefined, frame: LiveFrame): History {
  const seconds = before === undefined ? 0 : (Date.parse(frame.at) - Date.parse(before.at)) / 1_000;
  const rates = new Map<string, readonly RateSample[]>();
  for (const { id, outcomes } of frame.events ?? []) {
    const known = history.rates.get(id) ?? [];
    const old = before?.events?.find((event) => event.id === id)?.outcomes;
    const isKnown = outcomes !== null && old !== undefined && old !== null && seconds > 0;
    rates.set(id, isKnown ? keep(known, perSecond(old, outcomes, seconds)) : known);
  }
  const queue = frame.queues?.find(({ role }) => role === 'orders');
  return {
    rates,
    latencyP99Ms: keep(history.latencyP99Ms, frame.purchaseLatencyMs?.p99 ?? null),
    queued: keep(history.queued, queue === undefined || queue.unacked === null ? null : queue.ready + queue.unacked),
  };
}

function perSecond(before: Outcomes, after: Outcomes, seconds: number): RateSample {
  const names = Object.keys(after) as (keyof Outcomes)[];
  // Counts begin anew when Redis lost them.
  const rate = (name: keyof Outcomes) => Math.max(0, (after[name] - before[name]) / seconds);
  return Object.fromEntries(names.map((name) => [name, rate(name)])) as unknown as RateSample;
}

function keep<T>(samples: readonly T[], added: T): readonly T[] {
  return [...samples.slice(Math.max(0, samples.length + 1 - SAMPLES_MAX)), added];
}
