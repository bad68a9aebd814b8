import type { EventChange } from '../../client/answers.js';
import type { StaffEventView } from '../../domain/wire.js';
import { parseTime } from '../parseTime.js';
import { placeOf, type PlacedDocument } from './readEventDocuments.js';

/**
 * What a document says about an event that is there already. What it leaves out it says nothing about. Neither does a start
 * that is relative to now: it was meant for the moment in which the event is made; a relative end counts from the start that
 * there is.
 *
 * @returns `limits` as the document has them: the event is to have these of its own and no others
 */
export function documentWishes({ place, document }: PlacedDocument, event: StaffEventView): EventChange {
  const { title, priceCents, purchaseLimit, rule, paymentWindowSeconds, limits, startsAt, endsAt } = document;
  const nowMs = Date.now();
  const toIso = (text: string, field: string, relativeToMs: number) =>
    new Date(parseTime(text, { name: placeOf(place, field), nowMs, relativeToMs })).toISOString();
  const start = startsAt === undefined || isFromNow(startsAt) ? undefined : toIso(startsAt, 'startsAt', nowMs);
  const end =
    endsAt === undefined || endsAt === 'now' ? undefined : toIso(endsAt, 'endsAt', Date.parse(start ?? event.startsAt));
  const wishes = {
    title: title.trim(),
    priceCents,
    startsAt: start,
    endsAt: end,
    purchaseLimit,
    paymentWindowSeconds,
    rule,
    limits,
  };
  return Object.fromEntries(Object.entries(wishes).filter(([, wish]) => wish !== undefined));
}

function isFromNow(text: string): boolean {
  return text === 'now' || text.startsWith('+');
}

/** An event's fields under the names that a wish has. */
export function wishableFields(event: StaffEventView): Record<keyof EventChange, unknown> {
  const { title, priceCents, startsAt, endsAt, purchaseLimit, paymentWindowSeconds, rule, ownLimits } = event;
  return { title, priceCents, startsAt, endsAt, purchaseLimit, paymentWindowSeconds, rule, limits: ownLimits };
}
