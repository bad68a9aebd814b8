import { isDeepStrictEqual } from 'node:util';
import type { ChangeableField, FieldChange } from '../../../domain/wire/events.js';
import type { StoredSaleEvent } from '../../../stores/mysql/saleEvents.js';

/** What of an event has another value now, as it is named on the wire. */
export function fieldChanges(before: StoredSaleEvent, after: StoredSaleEvent): FieldChange[] {
  const [old, now] = [toFields(before), toFields(after)];
  return (Object.keys(old) as ChangeableField[])
    .filter((field) => !isDeepStrictEqual(old[field], now[field]))
    .map((field) => ({ field, before: old[field], after: now[field] }));
}

function toFields(event: StoredSaleEvent): Record<ChangeableField, unknown> {
  const { title, priceCents, purchaseLimit, rule, limits, paymentWindowSeconds, startsAtMs, endsAtMs } = event;
  return {
    title,
    priceCents,
    startsAt: new Date(startsAtMs).toISOString(),
    endsAt: new Date(endsAtMs).toISOString(),
    purchaseLimit,
    paymentWindowSeconds,
    rule,
    limits,
  };
}
