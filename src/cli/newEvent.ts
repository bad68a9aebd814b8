import type { NewEvent } from '../client/answers.js';
import { usageError } from './errors.js';
import { parseDuration } from './parseDuration.js';
import { parsePrice } from './parsePrice.js';
import { parseTime } from './parseTime.js';
import { readRule } from './readRule.js';

/** What `event create` was given, as typed. */
export interface EventFlags {
  title: string;
  price?: string | undefined;
  'price-cents'?: number | undefined;
  stock: number;
  limit: number;
  rule?: string | undefined;
  starts: string;
  ends: string;
  'payment-window': string;
}

/**
 * Checks everything that can be checked before anything is sent.
 *
 * @returns the event without its commodity, which only the service knows
 */
export async function newEvent(flags: EventFlags, nowMs: number): Promise<Omit<NewEvent, 'commodityId'>> {
  const title = flags.title.trim();
  if (title === '') throw usageError('--title is empty.', '--title "Sneakers at noon"');
  const startsAtMs = parseTime(flags.starts, { name: '--starts', nowMs, relativeToMs: nowMs });
  const endsAtMs = parseTime(flags.ends, { name: '--ends', nowMs, relativeToMs: startsAtMs });
  if (endsAtMs <= startsAtMs) {
    throw usageError(
      `The event would end (${iso(endsAtMs)}) before it starts (${iso(startsAtMs)}).`,
      'Pass --ends +1h: it counts from the start.',
    );
  }
  if (endsAtMs <= nowMs) throw usageError(`The event would already be over: it ends ${iso(endsAtMs)}.`, '--ends +1h');
  return {
    title,
    priceCents: priceCents(flags),
    quantity: flags.stock,
    purchaseLimit: flags.limit,
    rule: flags.rule === undefined ? [] : await readRule(flags.rule),
    startsAt: iso(startsAtMs),
    endsAt: iso(endsAtMs),
    paymentWindowSeconds: parseDuration(flags['payment-window'], '--payment-window'),
  };
}

function priceCents({ price, 'price-cents': cents }: EventFlags): number {
  if (cents !== undefined) return cents;
  if (price !== undefined) return parsePrice(price, '--price');
  throw usageError('The price is missing.', 'Pass --price 9.99, or --price-cents 999.');
}

function iso(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
