import { usageError } from './errors.js';
import { parseDuration } from './parseDuration.js';
import { parseTime } from './parseTime.js';

/**
 * `2h` or `-2h` (that long ago), `now`, or ISO 8601 with its zone → ms since 1970 UTC.
 *
 * @param name the flag it came from, for the message
 */
export function parsePast(text: string, { name, nowMs }: { name: string; nowMs: number }): number {
  const ago = /^-?(\d+[smhd])+$/.test(text) ? text.replace('-', '') : undefined;
  if (ago !== undefined) return nowMs - parseDuration(ago, name) * 1_000;
  if (text === 'now' || /^\d{4}-/.test(text)) return parseTime(text, { name, nowMs, relativeToMs: nowMs });
  throw usageError(
    `${name}: '${text}' is not a time.`,
    `Give 30m or 2h (that long ago), or ISO 8601 with its zone, like ${new Date(nowMs - 3_600_000).toISOString()}.`,
  );
}

/** The same for flags that may be missing, as the services take it: ISO 8601. */
export function pastFlag(text: string | undefined, options: { name: string; nowMs: number }): string | undefined {
  return text === undefined ? undefined : new Date(parsePast(text, options)).toISOString();
}
