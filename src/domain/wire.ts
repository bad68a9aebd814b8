import type { EventLimits, SaleEventState } from './saleEvent.js';
import type { LimitView } from './limits.js';
import type { OrderState } from './order.js';
import type { ErrorCode } from './errorCatalogue.js';
import type { StaffRole } from './staffRole.js';

/**
 * The JSON shapes that travel between the services and their clients (shops, the page, `spikectl`). Ids are strings, times
 * ISO 8601 in UTC, money integers in minor units, missing values null.
 */

/** A refusal by any service; some codes add fields (`orderId`, `reason`, `startsAt`, `issues`, …). */
export interface FailAnswer {
  status: 'fail';
  code: ErrorCode;
  msg: string;
  next: string;
  requestId: string;
  [detail: string]: unknown;
}

export interface TokenAnswer {
  status: 'success';
  token: string;
  /** When the token stops being valid, ISO 8601. */
  expire: string;
}

/** `GET /spike/:id`: the ticket for one user and one event. */
export interface TicketAnswer {
  status: 'success';
  token: string;
  expire: string;
}

/** `POST /spike/:id/:ticket`: 200 when the broker has the order, 202 when it is still on its way. */
export interface PurchaseAnswer {
  status: 'success';
  orderId: string;
  /** `ordered` is what the order becomes; until MySQL has it, `GET /order/:id` says `pending`. */
  state: 'pending';
  /** Units left after this purchase. */
  rest: number;
  /** `rest: N` */
  msg: string;
}

export interface CommodityView {
  id: string;
  name: string;
  description: string | null;
  createdAt: string;
  updatedAt: string;
}

/** What a shopper sees of a sale event. */
export interface ShopEventView {
  id: string;
  title: string;
  commodity: { id: string; name: string; description: string | null };
  state: SaleEventState;
  priceCents: number;
  quantity: number;
  /** Units left to reserve; null while Redis does not answer or rebuilds. */
  available: number | null;
  purchaseLimit: number;
  startsAt: string;
  endsAt: string;
  paymentWindowSeconds: number;
}

/** Answers of the purchase routes by kind, since the event was created. */
export interface Outcomes {
  accepted: number;
  pending: number;
  soldOut: number;
  alreadyOrdered: number;
  limited: number;
  notEligible: number;
  overloaded: number;
  error: number;
}

/** One link of a rule: a filter's name and its own settings. */
export interface RuleLink {
  name: string;
  rule: unknown;
}

/** How many answers of each kind a second there were lately. */
export interface OutcomeRates {
  /** The last so many seconds, less than two more. */
  windowSeconds: number;
  perSecond: Outcomes;
}

/** What staff see of a sale event. */
export interface StaffEventView extends ShopEventView {
  /** The name by which files mean this event on every deployment. */
  key: string;
  /** Reservations that MySQL does not have yet, in units; null while Redis does not answer or rebuilds. */
  pending: number | null;
  /** Units held by ordered or paid orders. */
  sold: number;
  rule: RuleLink[];
  ruleVersion: number;
  fence: string;
  /** The limits in force: the event's own over the configured defaults. */
  limits: EventLimits;
  /** Those of them that are the event's own. */
  ownLimits: Partial<EventLimits>;
  outcomes: Outcomes | null;
  /** Over the last 10 and the last 60 seconds; null while Redis does not answer. */
  rates: OutcomeRates[] | null;
  /** When somebody was first and last told yes, to half a second; null when nobody was, or while Redis does not answer. */
  times: { firstAcceptedAt: string | null; lastAcceptedAt: string | null };
  createdAt: string;
  updatedAt: string;
}

export interface OrderView {
  id: string;
  eventId: string;
  eventTitle: string | null;
  userId: string;
  quantity: number;
  priceCents: number;
  state: OrderState;
  reservedAt: string;
  orderedAt: string | null;
  payBefore: string | null;
  paidAt: string | null;
  /** When it was cancelled, expired or refunded. */
  endedAt: string | null;
}

/** `deadLettered`: it could not be stored, and its message waits for an operator. */
export type OrderStep =
  | 'reserved'
  | 'published'
  | 'stored'
  | 'deadLettered'
  | 'paid'
  | 'cancelled'
  | 'expired'
  | 'refunded'
  | 'unitsReturned';

/** One thing that happened to an order. */
export interface OrderHistoryEntry {
  /** By the clock of the machine that did it; null when that was not kept. */
  at: string | null;
  what: OrderStep;
  /** `shopper`, `expiry`, or the name of a member of staff; null for what the services do by themselves. */
  by: string | null;
  note: string | null;
}

/** What became, or would become, of one of the users that were sent together. */
export interface NewUserOutcome {
  phone: string;
  /** Null in a dry run for who would be new. */
  id: string | null;
  /** Made by this request; otherwise the phone number was registered, and its user is left as they are. */
  isNew: boolean;
}

/** A member of the staff. */
export interface StaffView {
  id: string;
  username: string;
  role: StaffRole;
  /** Since when they cannot log in; null for who can. */
  disabledAt: string | null;
  createdAt: string;
  /** Null for who has the first password. */
  passwordChangedAt: string | null;
}

export interface QueueView {
  name: string;
  ready: number;
  unacked: number;
  consumers: number;
}

/** A message that could not be turned into orders. */
export interface DeadLetterView {
  /** Null when it cannot be read. */
  eventId: string | null;
  reason: string | null;
  orders: { id: string; userId: string; quantity: number; reservedAt: string }[];
  /** The beginning of a message that cannot be read; null for one that can. */
  unreadable: string | null;
}

/** What was done with dead letters. */
export interface DeadLettersChange {
  letters: number;
  /** Orders in them that something was done for: those that MySQL has already need nothing. */
  orders: number;
  /** Letters that cannot be read: a replay keeps them, a purge drops them. */
  unreadable: number;
  /** Letters still in the queue. */
  left: number;
}

/** The limits for all events, or of one, each with where it comes from. */
export interface LimitsView {
  scope: 'global' | 'event';
  eventId: string | null;
  limits: LimitView[];
}

/** The invariants of one event, proved by ids. Every list names the offenders. */
export interface EventAudit {
  id: string;
  title: string;
  quantity: number;
  available: number | null;
  pending: number | null;
  sold: number;
  /** Units held beyond the quantity. */
  oversold: number;
  /** Order ids that count twice for one ticket. */
  duplicates: string[];
  /** User ids that hold more units than their limit. */
  overLimit: string[];
  /** Order ids that a buyer was told and that no store has. */
  lost: string[];
  /** Order ids that have been pending for too long. */
  stuck: string[];
  /** Order ids whose message is in the dead-letter queue. */
  deadLettered: string[];
  /** Why Redis and MySQL do not agree, in words; empty when they do. */
  problems: string[];
  ok: boolean;
}

/**
 * One thing that differs between the stores and what a rebuild makes of it. `ids` names the orders (`held`: MySQL or `pending`
 * has them and Redis does not count them; `released`: only Redis counts them) or users (`counts`); else it is empty.
 */
export interface ReconcileChange {
  what: 'stock' | 'quantity' | 'available' | 'held' | 'released' | 'sold' | 'counts';
  before: number | string;
  after: number | string;
  ids: string[];
}

/** What `reconcile` would change of one event, or has begun to change. */
export interface ReconcilePlan {
  id: string;
  title: string;
  /** The number of the stock's present life; a rebuild raises it. */
  fence: string;
  changes: ReconcileChange[];
  ok: boolean;
}

export interface AuditAnswer {
  ok: boolean;
  events: EventAudit[];
}
