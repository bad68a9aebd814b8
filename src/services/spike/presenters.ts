import { Refusal } from '../../domain/errorCatalogue.js';
import { saleEventState, type SaleEvent } from '../../domain/saleEvent.js';
import type { Ctx } from '../../http/context.js';
import { createFixedRefusal, refuse } from '../../http/refuse.js';
import { sendJson } from '../../http/sendJson.js';
import type { PurchaseOutcome } from './outcome.js';

/** A paused or rebuilding event usually sells again within seconds; a client that asks earlier only adds load. */
const RETRY_AFTER_PAUSE_SECONDS = 2;
const RETRY_AFTER_OVERLOAD_SECONDS = 1;

const refuseSoldOut = createFixedRefusal('SOLD_OUT', { rest: 0 });

/** Puts a purchase's outcome into HTTP. Sold out is the answer most buyers get, so its text is made once. */
export function sendOutcome(ctx: Ctx, outcome: PurchaseOutcome): void {
  switch (outcome.code) {
    case 'ACCEPTED':
      return sendAccepted(ctx, outcome);
    case 'SOLD_OUT':
      return outcome.rest === 0 ? refuseSoldOut(ctx) : refuse(ctx, new Refusal('SOLD_OUT', { rest: outcome.rest }));
    case 'ALREADY_ORDERED':
      return refuse(ctx, new Refusal('ALREADY_ORDERED', { orderId: outcome.orderId }));
    case 'LIMIT_REACHED': {
      const { orderId, purchaseLimit } = outcome;
      return refuse(ctx, new Refusal('LIMIT_REACHED', { orderId, purchaseLimit }));
    }
    case 'TOO_MANY_REQUESTS':
      return refuse(ctx, tooMany(outcome.retryAfterMs / 1000));
    case 'EVENT_NOT_STARTED':
      return refuse(ctx, notStarted(outcome.startsAtMs, outcome.retryAfterMs));
    case 'EVENT_PAUSED':
    case 'STOCK_REBUILDING':
      return refuse(ctx, new Refusal(outcome.code, {}, RETRY_AFTER_PAUSE_SECONDS));
    case 'OVERLOADED':
      return refuse(ctx, overloaded());
    default:
      return refuse(ctx, new Refusal(outcome.code));
  }
}

function sendAccepted(ctx: Ctx, outcome: Extract<PurchaseOutcome, { code: 'ACCEPTED' }>): void {
  const { orderId, rest, isConfirmed } = outcome;
  // By hand: the values are an id of ours and a number, and this is the answer that has to be fast.
  const json = `{"status":"success","orderId":"${orderId}","state":"pending","rest":${rest},"msg":"rest: ${rest}"}`;
  sendJson(ctx, isConfirmed ? 200 : 202, json);
}

export function tooMany(retryAfterSeconds: number): Refusal {
  return new Refusal('TOO_MANY_REQUESTS', {}, Math.max(1, Math.ceil(retryAfterSeconds)));
}

export function overloaded(): Refusal {
  return new Refusal('OVERLOADED', {}, RETRY_AFTER_OVERLOAD_SECONDS);
}

function notStarted(startsAtMs: number, retryAfterMs: number): Refusal {
  const startsAt = new Date(startsAtMs).toISOString();
  return new Refusal('EVENT_NOT_STARTED', { startsAt }, Math.max(1, Math.ceil(retryAfterMs / 1000)));
}

/** @throws Refusal unless the event sells now */
export function assertOpen(event: SaleEvent | Omit<SaleEvent, 'fence'>, nowMs: number): void {
  switch (saleEventState(event, nowMs)) {
    case 'open':
      return;
    case 'scheduled':
      throw notStarted(event.startsAtMs, event.startsAtMs - nowMs);
    case 'paused':
      throw new Refusal('EVENT_PAUSED', {}, RETRY_AFTER_PAUSE_SECONDS);
    default:
      throw new Refusal('EVENT_ENDED', { endsAt: new Date(event.endsAtMs).toISOString() });
  }
}
