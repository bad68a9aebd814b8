import { z } from 'zod';
import { usageError } from './errors.js';
import { parseDuration } from './parseDuration.js';

const iso = z.iso.datetime({ offset: true });
/** The last moment that MySQL's DATETIME can hold. */
const LATEST_MS = Date.parse('9999-12-31T23:59:59.000Z');

export interface TimeOptions {
  /** The flag it came from, for the message. */
  name: string;
  nowMs: number;
  /** What `+10m` counts from: now, or the start of the event. */
  relativeToMs: number;
}

/**
 * `now`, `+10m` or ISO 8601 with its zone → ms since 1970 UTC. A time without a zone is refused: it would mean another
 * moment on the next machine.
 */
export function parseTime(text: string, { name, nowMs, relativeToMs }: TimeOptions): number {
  if (text === 'now') return nowMs;
  const timeMs = text.startsWith('+') ? relativeToMs + parseDuration(text.slice(1), name) * 1_000 : parseIso(text);
  if (timeMs <= LATEST_MS) return timeMs;
  throw usageError(
    `${name}: '${text}' is not a time.`,
    `Give now, +10m, or ISO 8601 with its zone, like ${new Date(nowMs + 3_600_000).toISOString()}.`,
  );
}

/** Seconds may be left out: people do. */
function parseIso(text: string): number {
  const withSeconds = text.replace(/(T\d\d:\d\d)(?=Z|[+-])/, '$1:00');
  return iso.safeParse(withSeconds).success ? Date.parse(withSeconds) : Number.NaN;
}
