import type { Outcomes } from '../../../src/domain/wire.js';
import type { LiveEventView, LiveFrame } from '../../../src/domain/wire/live.js';

/** What one frame shows of one event; null where a store was away or nothing can be told. */
export interface EventSample {
  atMs: number;
  available: number | null;
  pending: number | null;
  sold: number | null;
  /** Answers a second since the frame before; null right after the start or a gap. */
  rates: Outcomes | null;
}

/** What one frame shows of the whole system. */
export interface SystemSample {
  atMs: number;
  latencyP50Ms: number | null;
  latencyP99Ms: number | null;
  /** Orders on their way to MySQL. */
  queued: number | null;
}

/** What the frames since the page was opened have shown, the oldest first. */
export interface History {
  events: ReadonlyMap<string, readonly EventSample[]>;
  system: readonly SystemSample[];
}

/** An hour of frames. */
export const SAMPLES_MAX = 3_600;
/** Frames further apart than this leave a gap: what happened between them is not known second by second. */
const GAP_MS = 3_500;

export const emptyHistory: History = { events: new Map(), system: [] };

/** @param before the frame before it, if there is one */
export function addFrame(history: History, before: LiveFrame | undefined, frame: LiveFrame): History {
  const atMs = Date.parse(frame.at);
  const sinceMs = before === undefined ? Number.POSITIVE_INFINITY : atMs - Date.parse(before.at);
  if (sinceMs <= 0) return history;
  const hasGap = sinceMs > GAP_MS;
  const events = new Map(history.events);
  for (const event of frame.events ?? []) {
    const known = events.get(event.id) ?? [];
    const old = hasGap ? undefined : before?.events?.find(({ id }) => id === event.id)?.outcomes;
    const sample = { ...stockOf(event), atMs, rates: perSecond(old, event.outcomes, sinceMs / 1_000) };
    events.set(event.id, keep(hasGap ? withGap(known, atMs) : known, sample));
  }
  return { events, system: keep(history.system, systemSample(frame, atMs)) };
}

/** A sample of nothing, so that no line is drawn over the time that nobody saw. */
function withGap(samples: readonly EventSample[], atMs: number): readonly EventSample[] {
  if (samples.length === 0) return samples;
  return keep(samples, { atMs: atMs - 1, available: null, pending: null, sold: null, rates: null });
}

function stockOf({ available, pending, sold }: LiveEventView) {
  return { available, pending, sold };
}

function systemSample({ purchaseLatencyMs, queues }: LiveFrame, atMs: number): SystemSample {
  const queue = queues?.find(({ role }) => role === 'orders');
  return {
    atMs,
    latencyP50Ms: purchaseLatencyMs?.p50 ?? null,
    latencyP99Ms: purchaseLatencyMs?.p99 ?? null,
    queued: queue === undefined || queue.unacked === null ? null : queue.ready + queue.unacked,
  };
}

function perSecond(before: Outcomes | null | undefined, after: Outcomes | null, seconds: number): Outcomes | null {
  if (before === undefined || before === null || after === null) return null;
  const names = Object.keys(after) as (keyof Outcomes)[];
  // Counts begin anew when Redis lost them.
  const rates = names.map((name) => [name, Math.max(0, (after[name] - before[name]) / seconds)] as const);
  return Object.fromEntries(rates) as unknown as Outcomes;
}

function keep<T>(samples: readonly T[], added: T): readonly T[] {
  return [...samples.slice(Math.max(0, samples.length + 1 - SAMPLES_MAX)), added];
}
