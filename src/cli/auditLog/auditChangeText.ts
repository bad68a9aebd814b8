import { isDeepStrictEqual } from 'node:util';
import { formatTime } from '../format.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * What a record of the audit log says was changed, in one line: `paused false → true`. Of what was made or deleted its fields
 * stand there, those without a value left out.
 */
export function auditChangeText({ before, after }: { before: unknown; after: unknown }): string {
  if (isFields(before) && isFields(after)) return differences(before, after).join('; ');
  if (isFields(after)) return fields(after);
  if (isFields(before)) return `was ${fields(before)}`;
  return [before, after].flatMap((value) => (value === null ? [] : [show(value)])).join(' → ');
}

function differences(before: Fields, after: Fields): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = names
    .filter((name) => !isDeepStrictEqual(before[name], after[name]))
    .map((name) => `${name} ${show(before[name])} → ${show(after[name])}`);
  return changed.length > 0 ? changed : ['as it was'];
}

function fields(of: Fields): string {
  return Object.entries(of)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => `${name} ${show(value)}`)
    .join('; ');
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  if (value === null || value === undefined) return '-';
  if (typeof value !== 'string') return JSON.stringify(value);
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? formatTime(value) : value;
}
