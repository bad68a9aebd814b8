import type { Reservation } from '../domain/order.js';
import type { OrderView } from '../domain/wire.js';
import type { FoundOrder } from '../stores/lookUpOrder.js';
import type { StoredOrder } from '../stores/mysql/orders.js';

/** An order as clients see it, wherever it was found. */
export function presentOrder(found: FoundOrder): OrderView {
  return 'stored' in found ? presentStored(found.stored) : presentPending(found.pending);
}

function presentStored(order: StoredOrder): OrderView {
  return {
    id: order.id,
    eventId: order.eventId,
    eventTitle: order.eventTitle,
    userId: order.userId,
    quantity: order.quantity,
    priceCents: order.priceCents,
    state: order.state,
    reservedAt: order.reservedAt.toISOString(),
    orderedAt: order.orderedAt.toISOString(),
    payBefore: order.payBefore.toISOString(),
    paidAt: order.paidAt?.toISOString() ?? null,
    endedAt: order.endedAt?.toISOString() ?? null,
  };
}

function presentPending(reservation: Reservation): OrderView {
  return {
    id: reservation.orderId,
    eventId: reservation.eventId,
    eventTitle: null,
    userId: reservation.userId,
    quantity: reservation.quantity,
    priceCents: reservation.priceCents,
    state: 'pending',
    reservedAt: new Date(reservation.reservedAtMs).toISOString(),
    orderedAt: null,
    payBefore: null,
    paidAt: null,
    endedAt: null,
  };
}
