import type { NewEvent } from '../client/answers.js';
import { usageError } from './errors.js';
import { parseDuration } from './parseDuration.js';
import { parsePrice } from './parsePrice.js';
import { parseTime } from './parseTime.js';
import { readRule } from './readRule.js';

/** What `event create` was given, as typed. */
export interface EventFlags {
  key?: string | undefined;
  title?: string | undefined;
  commodity?: string | undefined;
  price?: string | undefined;
  'price-cents'?: number | undefined;
  stock?: number | undefined;
  limit?: number | undefined;
  rule?: string | undefined;
  starts?: string | undefined;
  ends?: string | undefined;
  'payment-window'?: string | undefined;
}

/**
 * Checks everything that can be checked before anything is sent.
 *
 * @returns the event without its commodity, which only the service knows
 */
export async function newEvent(flags: EventFlags, nowMs: number): Promise<Omit<NewEvent, 'commodityId'>> {
  const { title: typedTitle, stock } = flags;
  if (typedTitle === undefined || stock === undefined || flags.commodity === undefined) throw missingFlags(flags);
  const title = typedTitle.trim();
  if (title === '') throw usageError('--title is empty.', '--title "Sneakers at noon"');
  const { limit = 1, starts = 'now', ends = '+1h', 'payment-window': paymentWindow = '15m' } = flags;
  const startsAtMs = parseTime(starts, { name: '--starts', nowMs, relativeToMs: nowMs });
  const endsAtMs = parseTime(ends, { name: '--ends', nowMs, relativeToMs: startsAtMs });
  if (endsAtMs <= startsAtMs) {
    throw usageError(
      `The event would end (${iso(endsAtMs)}) before it starts (${iso(startsAtMs)}).`,
      'Pass --ends +1h: it counts from the start.',
    );
  }
  if (endsAtMs <= nowMs) throw usageError(`The event would already be over: it ends ${iso(endsAtMs)}.`, '--ends +1h');
  return {
    ...(flags.key === undefined ? {} : { key: flags.key }),
    title,
    priceCents: priceCents(flags),
    quantity: stock,
    purchaseLimit: limit,
    rule: flags.rule === undefined ? [] : await readRule(flags.rule),
    startsAt: iso(startsAtMs),
    endsAt: iso(endsAtMs),
    paymentWindowSeconds: parseDuration(paymentWindow, '--payment-window'),
  };
}

/** They are not required of the command itself, because --from stands for all of them. */
function missingFlags(flags: EventFlags): Error {
  const names = (['title', 'commodity', 'stock'] as const).filter((name) => flags[name] === undefined);
  const missing = names.map((name) => `--${name}`).join(', ');
  return usageError(
    `Missing flag${names.length === 1 ? '' : 's'}: ${missing}.`,
    'spikectl event create --help',
    'To read them from a file: --from FILE',
  );
}

function priceCents({ price, 'price-cents': cents }: EventFlags): number {
  if (cents !== undefined) return cents;
  if (price !== undefined) return parsePrice(price, '--price');
  throw usageError('The price is missing.', 'Pass --price 9.99, or --price-cents 999.');
}

function iso(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
