import type { InputIssue } from './inputIssues.js';
import type { StoredOrderState } from './order.js';
import type { SaleEventState } from './saleEvent.js';
import type { StaffRole } from './staffRole.js';

/**
 * What a refusal tells beside its code, text and next step. A code that is not here tells no more. The API document takes the
 * shapes from here, and so does the compiler wherever a `Refusal` is made.
 */
export interface RefusalDetails {
  BAD_JSON: { reason: string };
  BAD_INPUT: { issues: InputIssue[] };
  BAD_RULE: { issues: InputIssue[] };
  BODY_TOO_LARGE: { limitBytes: number };
  FORBIDDEN: {
    /** The role of whoever asked. */
    role: StaffRole;
    needed: StaffRole;
  };
  /** `filter`: the link of the rule, or `account`, that decided. */
  NOT_ELIGIBLE: { reason: string; filter: string };
  /** `reason`: which of the things that were asked for is missing. */
  NOT_FOUND: { reason?: string };
  ROUTE_NOT_FOUND: { reason?: string };
  METHOD_NOT_ALLOWED: { allow: string[] };
  /** `rest`: units left, when they are fewer than were asked for. */
  SOLD_OUT: { rest: number };
  ALREADY_ORDERED: { orderId: string };
  LIMIT_REACHED: { orderId: string; purchaseLimit: number };
  ORDER_NOT_PAYABLE: { orderId: string; state: StoredOrderState; payBefore: string };
  ORDER_NOT_CANCELLABLE: EndedOrder;
  ORDER_NOT_REFUNDABLE: EndedOrder;
  ORDER_STILL_PENDING: { orderId: string; state: 'pending' };
  EVENT_EXISTS: { eventId: string };
  COMMODITY_IN_USE: {
    reason: string;
    eventIds: readonly string[];
    /** How many events that were deleted sold it. */
    deletedEvents: number;
  };
  /** `field`: what cannot be changed any more. */
  EVENT_STATE: { state: SaleEventState; field?: string };
  NOT_ENOUGH_FREE: { quantity: number; available?: number; quantityMin?: number };
  EVENT_OVERSOLD: { eventId: string };
  EVENT_ENDED: { endsAt?: string };
  EVENT_NOT_STARTED: { startsAt: string };
  /** Which limit it was, where there are several. */
  TOO_MANY_REQUESTS: { limit?: 'address' | 'login' };
  /** `stores`: those that `/readyz` misses. */
  STORE_UNAVAILABLE: { store?: UnavailableStore; stores?: string[] };
}

/** `service`, `access` and `user`: another service, which this one has to ask. */
type UnavailableStore = 'mysql' | 'redis' | 'rabbitmq' | 'service' | 'access' | 'user';

/** Only staff are told who ended it and when; both are null while it has not ended. */
interface EndedOrder {
  orderId: string;
  state: StoredOrderState;
  endedAt?: string | null;
  endedBy?: string | null;
}
