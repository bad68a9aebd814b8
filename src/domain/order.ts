/**
 * The life of an order:
 *
 *     pending → ordered → paid → refunded
 *                       → cancelled | expired
 *
 * `pending` is a reservation in Redis that MySQL does not have yet; every other state is a row. An order holds its units
 * while it is pending, ordered or paid. Each change is one conditional update, so of two that race exactly one wins.
 */
export type OrderState = 'pending' | 'ordered' | 'paid' | 'cancelled' | 'expired' | 'refunded';

export type StoredOrderState = Exclude<OrderState, 'pending'>;

/** What ends an order's hold on its units. */
export type ReturnedOrderState = 'cancelled' | 'expired' | 'refunded';

/** The one state from which each end of an order can be reached. */
export const returnsFrom: Readonly<Record<ReturnedOrderState, StoredOrderState>> = {
  cancelled: 'ordered',
  expired: 'ordered',
  refunded: 'paid',
};

/** Who ends orders beside staff, who are noted by their names: so nobody of the staff may be called this. */
export const orderEnders = { shopper: 'shopper', expiry: 'expiry' } as const;

/** `shopper`, `expiry`, or the name of a member of staff. */
export type OrderEnder = string;

/** One buyer's claim on units of one event, as it stands in Redis and travels in a message. */
export interface Reservation {
  orderId: string;
  eventId: string;
  userId: string;
  quantity: number;
  /** Redis' clock at the reservation, ms since 1970 UTC. */
  reservedAtMs: number;
  /** Position in the order of the event's reservations, from 1, strictly rising within the event. */
  sequence: number;
  priceCents: number;
  /** The purchase limit that the reservation was checked against. */
  purchaseLimit: number;
  /** The ticket that was spent. */
  ticketId: string;
}

/** A reservation and the fence of the life of the stock that it was made in. */
export interface FencedReservation extends Reservation {
  fence: number;
}

/** A reservation as a message brought it. */
export interface PublishedReservation extends FencedReservation {
  /** When its message was published, on the publisher's clock; null when the message does not say. */
  publishedAtMs: number | null;
}

/** An order id names its event, so that a pending order is found in Redis by its id alone. */
export function eventIdOfOrder(orderId: string): string | undefined {
  return /^([1-9][0-9]{0,18})-[0-9A-Z]{26}$/.exec(orderId)?.[1];
}
