import type { Reservation } from '../../domain/order.js';

/**
 * How `pending` keeps a reservation, written by `reserve.lua`: the values without the ids that the keys already say.
 *
 *     userId,quantity,reservedAtMs,sequence,priceCents,purchaseLimit,ticketId
 */
export function formatReservation(reservation: Reservation): string {
  const { userId, quantity, reservedAtMs, sequence, priceCents, purchaseLimit, ticketId } = reservation;
  return [userId, quantity, reservedAtMs, sequence, priceCents, purchaseLimit, ticketId].join(',');
}

/** @throws Error when the text is not a reservation */
export function parseReservation(eventId: string, orderId: string, text: string): Reservation {
  const [userId, quantity, reservedAtMs, sequence, priceCents, purchaseLimit, ticketId] = text.split(',');
  if (userId === undefined || ticketId === undefined) {
    throw new Error(`The pending reservation ${orderId} cannot be read: ${text}`);
  }
  return {
    orderId,
    eventId,
    userId,
    quantity: Number(quantity),
    reservedAtMs: Number(reservedAtMs),
    sequence: Number(sequence),
    priceCents: Number(priceCents),
    purchaseLimit: Number(purchaseLimit),
    ticketId,
  };
}

/** An order as the record of its buyer names it. */
export interface HeldOrder {
  orderId: string;
  ticketId: string;
  quantity: number;
}

/** Reads a buyer's record, `units;ticketId=orderId=quantity,…`. */
export function parseBuyerRecord(record: string): { units: number; orders: HeldOrder[] } {
  const [units = '0', list = ''] = record.split(';');
  const orders = list
    .split(',')
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [ticketId = '', orderId = '', quantity = '0'] = entry.split('=');
      return { ticketId, orderId, quantity: Number(quantity) };
    });
  return { units: Number(units), orders };
}

export function formatBuyerRecord(orders: readonly HeldOrder[]): string {
  const units = orders.reduce((sum, order) => sum + order.quantity, 0);
  return `${units};${orders.map((order) => `${order.ticketId}=${order.orderId}=${order.quantity}`).join(',')}`;
}
