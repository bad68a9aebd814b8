import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import type { PublishedReservation, Reservation } from '../../domain/order.js';
import { sumUnits } from './sumUnits.js';
import { toDatetime } from './toDatetime.js';

export interface StoreOptions {
  /**
   * Called, with the event's row locked, for reservations of an earlier life of the stock: it must take their units in the
   * present life before they may be stored.
   *
   * @throws when one cannot be adopted; then nothing of the batch is stored
   */
  adopt(reservations: readonly PublishedReservation[]): Promise<void>;
}

interface EventRow {
  id: number | string;
  fence: number | string;
  payment_window_seconds: number;
}

/** An order that no retry can store: its event does not exist. */
class UnknownEventError extends Error {
  constructor(readonly eventId: string) {
    super(`There is no sale event ${eventId}.`);
    this.name = 'UnknownEventError';
  }
}

/**
 * Stores a batch of reservations as orders in ONE transaction: the orders (their primary key is the order id, so what was
 * stored before is left as it is), the units per user (CHECK: at most the limit) and the units sold per event (CHECK: at most
 * the quantity). The event rows are locked first, in the order of their ids: that serialises the batches of an event, makes
 * "which of these do I have" exact, and keeps batches from deadlocking with each other and with a rebuild.
 *
 * @throws Error of the database when a CHECK refuses or the store is away; then nothing was stored
 */
export async function storeOrders(
  sequelize: Sequelize,
  reservations: readonly PublishedReservation[],
  options: StoreOptions,
): Promise<{ stored: number }> {
  return sequelize.transaction(async (transaction) => {
    const events = await lockEvents(sequelize, reservations, transaction);
    const fresh = await withoutStored(sequelize, reservations, transaction);
    if (fresh.length === 0) return { stored: 0 };

    const old = fresh.filter((reservation) => reservation.fence < (events.get(reservation.eventId)?.fence ?? 0));
    if (old.length > 0) await options.adopt(old);

    await insertOrders(sequelize, fresh, events, transaction);
    await countUnitsOfUsers(sequelize, fresh, transaction);
    for (const [eventId, units] of sumUnits(fresh, (reservation) => reservation.eventId)) {
      await sequelize.query('UPDATE sale_events SET sold = sold + ? WHERE id = ?', {
        replacements: [units, eventId],
        transaction,
      });
    }
    return { stored: fresh.length };
  });
}

interface LockedEvent {
  fence: number;
  paymentWindowSeconds: number;
}

async function lockEvents(
  sequelize: Sequelize,
  reservations: readonly Reservation[],
  transaction: Transaction,
): Promise<Map<string, LockedEvent>> {
  const ids = [...new Set(reservations.map((reservation) => reservation.eventId))];
  const rows = await sequelize.query<EventRow>(
    `SELECT id, fence, payment_window_seconds
       FROM sale_events
      WHERE id IN (?)
      ORDER BY id
        FOR UPDATE`,
    { replacements: [ids], type: QueryTypes.SELECT, transaction },
  );
  const events = new Map(
    rows.map((row) => [String(row.id), { fence: Number(row.fence), paymentWindowSeconds: row.payment_window_seconds }]),
  );
  const unknown = ids.find((id) => !events.has(id));
  if (unknown !== undefined) throw new UnknownEventError(unknown);
  return events;
}

/** Leaves out what MySQL has, and what the batch itself contains twice. */
async function withoutStored(
  sequelize: Sequelize,
  reservations: readonly PublishedReservation[],
  transaction: Transaction,
): Promise<PublishedReservation[]> {
  const byId = new Map(reservations.map((reservation) => [reservation.orderId, reservation]));
  const rows = await sequelize.query<{ id: string }>('SELECT id FROM orders WHERE id IN (?)', {
    replacements: [[...byId.keys()]],
    type: QueryTypes.SELECT,
    transaction,
  });
  for (const row of rows) byId.delete(row.id);
  return [...byId.values()];
}

async function insertOrders(
  sequelize: Sequelize,
  reservations: readonly PublishedReservation[],
  events: ReadonlyMap<string, LockedEvent>,
  transaction: Transaction,
): Promise<void> {
  const nowMs = Date.now();
  const orderedAt = toDatetime(nowMs);
  const publishedAt = createPublishedAt();
  const rows = reservations.map((reservation) => {
    // The time to pay starts when the order exists: a buyer must not lose it to a store that was away.
    const windowMs = events.get(reservation.eventId)!.paymentWindowSeconds * 1000;
    return [
      reservation.orderId,
      reservation.eventId,
      reservation.userId,
      reservation.quantity,
      reservation.priceCents,
      'ordered',
      reservation.sequence,
      reservation.ticketId,
      toDatetime(reservation.reservedAtMs),
      publishedAt(reservation.publishedAtMs),
      orderedAt,
      toDatetime(nowMs + windowMs),
    ];
  });
  await sequelize.query(
    `INSERT INTO orders
       (id, event_id, user_id, quantity, price_cents, state, sequence, ticket_id, reserved_at, published_at, ordered_at,
        pay_before)
     VALUES :rows`,
    { replacements: { rows }, type: QueryTypes.INSERT, transaction },
  );
}

/** Reservations of one message stand beside each other and have one time: it is formatted once. */
function createPublishedAt(): (publishedAtMs: number | null) => string | null {
  let lastMs: number | null = null;
  let last: string | null = null;
  return (publishedAtMs) => {
    if (publishedAtMs !== lastMs) {
      lastMs = publishedAtMs;
      last = publishedAtMs === null ? null : toDatetime(publishedAtMs);
    }
    return last;
  };
}

async function countUnitsOfUsers(
  sequelize: Sequelize,
  reservations: readonly Reservation[],
  transaction: Transaction,
): Promise<void> {
  const counts = new Map<string, { eventId: string; userId: string; units: number; unitsMax: number }>();
  for (const { eventId, userId, quantity, purchaseLimit } of reservations) {
    const key = `${eventId}/${userId}`;
    const count = counts.get(key) ?? { eventId, userId, units: 0, unitsMax: 0 };
    count.units += quantity;
    count.unitsMax = Math.max(count.unitsMax, purchaseLimit);
    counts.set(key, count);
  }
  // In the order of the key, so that two batches that touch the same users take the row locks in one order.
  const rows = [...counts.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, count]) => [count.eventId, count.userId, count.units, count.unitsMax]);
  await sequelize.query(
    `INSERT INTO purchase_counts (event_id, user_id, units, units_max)
     VALUES :rows
         ON DUPLICATE KEY UPDATE units = units + VALUES(units),
                                 units_max = GREATEST(units_max, VALUES(units_max))`,
    { replacements: { rows }, type: QueryTypes.INSERT, transaction },
  );
}
