import type { Logger } from 'pino';
import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import type { Reservation } from '../domain/order.js';
import { findStoredIds } from './mysql/orders.js';
import { findSaleEvent, raiseFence } from './mysql/saleEvents.js';
import type { RedisStore } from './redis/connectRedis.js';
import { installEvent, readEvent } from './redis/events.js';
import { park, snapshotEvent } from './redis/pending.js';
import { formatBuyerRecord, type HeldOrder } from './redis/reservationRecord.js';

export interface Rebuilt {
  eventId: string;
  available: number;
  /** Reservations found in an earlier life that MySQL does not have: they keep their units, and the relay brings them. */
  pending: number;
  /** Reservations of an earlier life for which no unit is left: dead-lettered, parked, and named by audit. */
  conflicts: string[];
}

/**
 * Builds the stock of an event anew from MySQL and from the reservations that an earlier life left behind, as one new life
 * with a higher fence. The caller has drained the order queue, so what was confirmed is in MySQL.
 *
 * The fence is raised first and for itself: from then on messages of every earlier life are known as old, and should the
 * installation fail, or arrive late, Redis and MySQL name different fences and the event is rebuilt again. The rest happens
 * with the event's row locked: orders of the event that are stored or ended at the same time wait. So an order is either
 * counted here or adopted there, never both and never neither.
 *
 * @returns undefined when the event is gone, or Redis holds it in good order already
 */
export async function rebuildEvent(stores: RebuildOptions, eventId: string): Promise<Rebuilt | undefined> {
  const { sequelize, redis, log } = stores;
  if (!(await raiseFenceIfBroken(stores, eventId))) return undefined;
  return sequelize.transaction(async (transaction) => {
    const event = await findSaleEvent(sequelize, eventId, { transaction, lock: true });
    if (event === undefined) return undefined;
    const { code, event: before, pending, parked } = await snapshotEvent(redis, eventId, { withBuyers: false });
    const held = await findHolding(sequelize, eventId, transaction);
    const storedIds = await findStoredIds(
      sequelize,
      pending.map((reservation) => reservation.orderId),
      transaction,
    );
    const left = pending.filter((reservation) => !storedIds.has(reservation.orderId));
    const { kept, conflicts, available } = fit(left, event.quantity - sumQuantity(held));
    if (conflicts.length > 0) await stores.deadLetter(conflicts, event.fence - 1, NO_UNIT_LEFT);
    const installed = await installEvent(redis, {
      event,
      available,
      sequence: [...held, ...kept].reduce((highest, order) => Math.max(highest, order.sequence), before.sequence),
      buyers: toBuyers([...held, ...kept]),
      pending: kept,
    });
    if (installed === 'NEWER') return undefined;
    for (const { orderId } of conflicts) await park(redis, eventId, orderId, NO_UNIT_LEFT);
    // Their messages are dead letters still: the relay must not send them once more.
    for (const { orderId } of kept) {
      const reason = parked.get(orderId);
      if (reason !== undefined) await park(redis, eventId, orderId, reason);
    }
    const rebuilt = { eventId, available, pending: kept.length, conflicts: conflicts.map((order) => order.orderId) };
    log.warn({ ...rebuilt, fence: event.fence, from: code }, 'stock was rebuilt');
    return rebuilt;
  });
}

interface Stores {
  sequelize: Sequelize;
  redis: RedisStore;
  log: Logger;
}

export interface RebuildOptions extends Stores {
  /**
   * Sends reservations for which no unit is left to the dead-letter queue, under the fence of the life that they are of.
   *
   * @throws when the broker has not confirmed it: then nothing is rebuilt, since nothing else would know of them
   */
  deadLetter(reservations: readonly Reservation[], fence: number, reason: string): Promise<void>;
}

const NO_UNIT_LEFT = 'no unit was left when stock was rebuilt';

async function raiseFenceIfBroken({ sequelize, redis }: Stores, eventId: string): Promise<boolean> {
  return sequelize.transaction(async (transaction) => {
    const event = await findSaleEvent(sequelize, eventId, { transaction, lock: true });
    if (event === undefined) return false;
    const reading = await readEvent(redis, eventId);
    const stockedFence = reading.code === 'NO_EVENT' ? 0 : Number(reading.event.fence);
    if (reading.code === 'OK' && stockedFence === event.fence) return false;
    await raiseFence(sequelize, eventId, Math.max(event.fence, stockedFence) + 1, transaction);
    return true;
  });
}

interface Holding extends HeldOrder {
  userId: string;
  sequence: number;
}

/** Stored orders that hold units. */
async function findHolding(sequelize: Sequelize, eventId: string, transaction: Transaction): Promise<Holding[]> {
  const rows = await sequelize.query<{
    id: string;
    user_id: number | string;
    quantity: number;
    ticket_id: string;
    sequence: number | string;
  }>(
    `SELECT id, user_id, quantity, ticket_id, sequence
       FROM orders
      WHERE event_id = ?
        AND state IN ('ordered', 'paid')`,
    { replacements: [eventId], type: QueryTypes.SELECT, transaction },
  );
  return rows.map((row) => ({
    orderId: row.id,
    userId: String(row.user_id),
    quantity: row.quantity,
    ticketId: row.ticket_id,
    sequence: Number(row.sequence),
  }));
}

/** First come, first served: an earlier life that was stale may have given more units than there are. */
function fit(reservations: readonly Reservation[], free: number) {
  const kept: Reservation[] = [];
  const conflicts: Reservation[] = [];
  let available = free;
  for (const reservation of [...reservations].sort((a, b) => a.sequence - b.sequence)) {
    if (reservation.quantity <= available) {
      available -= reservation.quantity;
      kept.push(reservation);
    } else {
      conflicts.push(reservation);
    }
  }
  return { kept, conflicts, available };
}

function toBuyers(orders: readonly (HeldOrder & { userId: string })[]): Map<string, string> {
  const ofUsers = new Map<string, HeldOrder[]>();
  for (const order of orders) {
    const ofUser = ofUsers.get(order.userId);
    if (ofUser === undefined) ofUsers.set(order.userId, [order]);
    else ofUser.push(order);
  }
  return new Map([...ofUsers].map(([userId, held]) => [userId, formatBuyerRecord(held)]));
}

function sumQuantity(orders: readonly { quantity: number }[]): number {
  return orders.reduce((sum, order) => sum + order.quantity, 0);
}
