import { z } from 'zod';
import { eventIdOfOrder, type Reservation } from '../../domain/order.js';
import type { PublishedReservation } from '../../domain/order.js';

/**
 * What travels from the spike service to the order service: the accepted buyers of one batch of one event. JSON, version 1:
 *
 *     {"v":1,"eventId":"7","fence":3,"orders":[[orderId,userId,quantity,reservedAtMs,sequence,priceCents,purchaseLimit,ticketId],…]}
 */
const orderTuple = z.tuple([
  z.string().refine((id) => eventIdOfOrder(id) !== undefined, 'is not an order id'),
  z.string().regex(/^[1-9][0-9]{0,18}$/),
  z.int().min(1),
  z.int().min(0),
  z.int().min(0),
  z.int().min(0),
  z.int().min(1),
  z.string().regex(/^[0-9a-zA-Z]{1,64}$/),
]);

const messageSchema = z.strictObject({
  v: z.literal(1),
  eventId: z.string().regex(/^[1-9][0-9]{0,18}$/),
  fence: z.int().min(0),
  orders: z.array(orderTuple).min(1),
});

export function encodeOrders(eventId: string, fence: number, reservations: readonly Reservation[]): Buffer {
  const orders = reservations.map((reservation) => [
    reservation.orderId,
    reservation.userId,
    reservation.quantity,
    reservation.reservedAtMs,
    reservation.sequence,
    reservation.priceCents,
    reservation.purchaseLimit,
    reservation.ticketId,
  ]);
  return Buffer.from(JSON.stringify({ v: 1, eventId, fence, orders }));
}

/**
 * @param publishedAtMs what the message's own properties say
 * @throws Error (of JSON or zod) when the message is not one that this version can read
 */
export function decodeOrders(content: Buffer, publishedAtMs: number | null): PublishedReservation[] {
  const { eventId, fence, orders } = messageSchema.parse(JSON.parse(content.toString('utf8')));
  const same = { eventId, fence, publishedAtMs };
  return orders.map(([orderId, userId, quantity, reservedAtMs, sequence, priceCents, purchaseLimit, ticketId]) => {
    if (eventIdOfOrder(orderId) !== eventId) throw new Error(`The order ${orderId} is not of the event ${eventId}.`);
    return { orderId, userId, quantity, reservedAtMs, sequence, priceCents, purchaseLimit, ticketId, ...same };
  });
}
