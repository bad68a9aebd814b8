import { usageError } from './errors.js';

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/**
 * `90s`, `15m`, `1h30m`, `2d` → seconds.
 *
 * @param name the flag it came from, for the message
 * @throws a usage error for anything else, and for zero
 */
export function parseDuration(text: string, name: string): number {
  const parts = /^(?:\d+[smhd])+$/.test(text) ? [...text.matchAll(/(\d+)([smhd])/g)] : [];
  const seconds = parts.reduce((sum, [, count, unit]) => sum + Number(count) * (unitSeconds[unit ?? ''] ?? 0), 0);
  if (Number.isSafeInteger(seconds) && seconds > 0) return seconds;
  throw usageError(`${name}: '${text}' is not a duration.`, 'Give a number and a unit, like 90s, 15m, 1h30m or 2d.');
}
