import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import type { Reservation } from '../../domain/order.js';
import { findStoredIds } from './orders.js';
import { toDatetime } from './toDatetime.js';

/**
 * Gives up reservations of one event that could not be stored: each becomes an order that was cancelled by staff, so that its
 * buyer finds it, and a message that still arrives for it finds it stored and changes nothing. Its units are due back in Redis
 * (see `returnUnits`). Those that MySQL has are left as they are; of an event that MySQL does not know nothing can be kept.
 *
 * @returns those that this call gave up
 */
export async function giveUpOrders(
  sequelize: Sequelize,
  eventId: string,
  reservations: readonly Reservation[],
  { by, reason }: { by: string; reason: string },
  transaction: Transaction,
): Promise<Reservation[]> {
  // The row's lock: batches of the event, which could store one of these, wait.
  const events = await sequelize.query('SELECT id FROM sale_events WHERE id = ? FOR UPDATE', {
    replacements: [eventId],
    type: QueryTypes.SELECT,
    transaction,
  });
  if (events.length === 0) return [];
  const stored = await findStoredIds(
    sequelize,
    reservations.map(({ orderId }) => orderId),
    transaction,
  );
  const byId = new Map(reservations.map((reservation) => [reservation.orderId, reservation]));
  const left = [...byId.values()].filter(({ orderId }) => !stored.has(orderId));
  if (left.length === 0) return [];
  const now = toDatetime(Date.now());
  const rows = left.map((reservation) => [
    reservation.orderId,
    eventId,
    reservation.userId,
    reservation.quantity,
    reservation.priceCents,
    'cancelled',
    reservation.sequence,
    reservation.ticketId,
    toDatetime(reservation.reservedAtMs),
    now,
    now,
    now,
    by,
    reason,
    1,
  ]);
  await sequelize.query(
    `INSERT INTO orders
       (id, event_id, user_id, quantity, price_cents, state, sequence, ticket_id, reserved_at, ordered_at, pay_before,
        ended_at, ended_by, end_reason, unit_return_due)
     VALUES :rows`,
    { replacements: { rows }, type: QueryTypes.INSERT, transaction },
  );
  return left;
}
