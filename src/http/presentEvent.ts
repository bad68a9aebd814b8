import { saleEventState, type EventLimits } from '../domain/saleEvent.js';
import type { ShopEventView, StaffEventView } from '../domain/wire.js';
import type { StoredSaleEvent } from '../stores/mysql/saleEvents.js';
import type { EventReading } from '../stores/redis/events.js';
import type { EventAnswers } from '../stores/redis/outcomes.js';

/** What a shopper sees of an event. @param reading undefined when Redis does not answer */
export function presentShopEvent(
  event: StoredSaleEvent,
  reading: EventReading | undefined,
  nowMs: number = Date.now(),
): ShopEventView {
  return {
    id: event.id,
    title: event.title,
    commodity: event.commodity,
    state: saleEventState(event, nowMs),
    priceCents: event.priceCents,
    quantity: event.quantity,
    available: reading?.code === 'OK' ? reading.event.available : null,
    purchaseLimit: event.purchaseLimit,
    startsAt: new Date(event.startsAtMs).toISOString(),
    endsAt: new Date(event.endsAtMs).toISOString(),
    paymentWindowSeconds: event.paymentWindowSeconds,
  };
}

/**
 * What staff see of an event. @param reading undefined when Redis does not answer
 *
 * @param defaults the limits in force where the event has none of its own
 */
export function presentStaffEvent(
  event: StoredSaleEvent,
  reading: EventReading | undefined,
  answers: EventAnswers | undefined,
  defaults: EventLimits,
): StaffEventView {
  return {
    ...presentShopEvent(event, reading),
    key: event.key,
    pending: reading?.code === 'OK' ? reading.pendingUnits : null,
    sold: event.sold,
    rule: event.rule,
    ruleVersion: event.ruleVersion,
    fence: String(event.fence),
    limits: { ...defaults, ...event.limits },
    ownLimits: event.limits,
    outcomes: answers?.outcomes ?? null,
    rates: answers?.rates ?? null,
    times: {
      firstAcceptedAt: presentTime(answers?.firstAcceptedAtMs),
      lastAcceptedAt: presentTime(answers?.lastAcceptedAtMs),
    },
    createdAt: event.createdAt.toISOString(),
    updatedAt: event.updatedAt.toISOString(),
  };
}

function presentTime(timeMs: number | undefined): string | null {
  return timeMs === undefined ? null : new Date(timeMs).toISOString();
}
