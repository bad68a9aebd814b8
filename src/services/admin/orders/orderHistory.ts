import { orderEnders, type Reservation } from '../../../domain/order.js';
import type { OrderHistoryEntry, OrderStep } from '../../../domain/wire.js';
import type { FoundOrder } from '../../../stores/lookUpOrder.js';
import type { StoredOrder } from '../../../stores/mysql/orders.js';

/**
 * All that happened to an order, in the order in which it does: the clocks of Redis and of two services may differ by more than
 * the milliseconds between two steps.
 *
 * @param parkedReason why the message of a pending order was put aside; undefined while it is on its way
 */
export function orderHistory(found: FoundOrder, parkedReason?: string): OrderHistoryEntry[] {
  return 'stored' in found ? historyOfStored(found.stored) : historyOfPending(found.pending, parkedReason);
}

function historyOfPending(reservation: Reservation, parkedReason: string | undefined): OrderHistoryEntry[] {
  const reserved = entry('reserved', new Date(reservation.reservedAtMs), { by: orderEnders.shopper });
  return parkedReason === undefined ? [reserved] : [reserved, entry('deadLettered', null, { note: parkedReason })];
}

function historyOfStored(order: StoredOrder): OrderHistoryEntry[] {
  const { state, reservedAt, publishedAt, orderedAt, payBefore, paidAt, endedAt, endedBy, endReason } = order;
  const history = [entry('reserved', reservedAt, { by: orderEnders.shopper })];
  if (publishedAt !== null) history.push(entry('published', publishedAt));
  history.push(entry('stored', orderedAt, { note: `to be paid before ${payBefore.toISOString()}` }));
  if (paidAt !== null) history.push(entry('paid', paidAt, { by: orderEnders.shopper }));
  if (state === 'ordered' || state === 'paid') return history;
  history.push(entry(state, endedAt, { by: endedBy, note: endReason }));
  if (!order.isReturnDue) history.push(entry('unitsReturned', order.unitsReturnedAt));
  return history;
}

function entry(
  what: OrderStep,
  at: Date | null,
  { by = null, note = null }: Partial<Pick<OrderHistoryEntry, 'by' | 'note'>> = {},
): OrderHistoryEntry {
  return { at: at?.toISOString() ?? null, what, by, note };
}
