import { isDeepStrictEqual } from 'node:util';
import { formatFields, formatPrice, formatTime } from '../format.js';

/** One field of an event, as it is and as it is to be. */
export interface Difference {
  field: string;
  before: unknown;
  after: unknown;
}

/** The fields of `after` that have another value before. */
export function findDifferences(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Difference[] {
  return Object.keys(after)
    .filter((field) => after[field] !== undefined && !isDeepStrictEqual(before[field], after[field]))
    .map((field) => ({ field, before: before[field], after: after[field] }));
}

/** `title  lamps → brass lamps`, one line a field. */
export function changeText(changes: readonly Difference[]): string {
  return formatFields(
    changes.map(({ field, before, after }) => [field, `${show(field, before)} → ${show(field, after)}`]),
  );
}

/** The same in one line, for a message. */
export function changeList(changes: readonly Difference[]): string {
  return changes
    .map(({ field, before, after }) => `${field} ${show(field, before)} → ${show(field, after)}`)
    .join('; ');
}

function show(field: string, value: unknown): string {
  switch (field) {
    case 'priceCents':
      return formatPrice(value as number);
    case 'startsAt':
    case 'endsAt':
      return formatTime(value as string);
    case 'paymentWindowSeconds':
      return `${String(value)} s`;
    case 'rule':
      return (value as unknown[]).length === 0 ? 'none (everybody)' : JSON.stringify(value);
    case 'limits':
      return Object.keys(value as object).length === 0 ? 'none of its own' : JSON.stringify(value);
    default:
      return String(value);
  }
}
