import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import { orderEnders, returnsFrom, type OrderEnder, type ReturnedOrderState } from '../../domain/order.js';
import { sumUnits } from './sumUnits.js';
import { toDatetime } from './toDatetime.js';

/** What is needed to give an order's units back. */
export interface ReturnedOrder {
  orderId: string;
  eventId: string;
  userId: string;
  quantity: number;
}

/**
 * Pays an order: one conditional update on owner, state and time, so that of a payment and an expiry exactly one wins.
 *
 * @returns whether this call paid it
 */
export async function payOrder(sequelize: Sequelize, orderId: string, userId: string): Promise<boolean> {
  const now = toDatetime(Date.now());
  const [, changed] = await sequelize.query(
    `UPDATE orders
        SET state = 'paid', paid_at = ?
      WHERE id = ?
        AND user_id = ?
        AND state = 'ordered'
        AND pay_before > ?`,
    { replacements: [now, orderId, userId, now], type: QueryTypes.UPDATE },
  );
  return changed === 1;
}

/** How an order is to end, and who wants it. */
export interface OrderEnd {
  orderId: string;
  state: ReturnedOrderState;
  /** The owner; undefined when staff do it. */
  userId: string | undefined;
  by: OrderEnder;
  reason?: string | undefined;
}

/**
 * Ends an order and gives its units back in MySQL; `unit_return_due` stays up until Redis has them too (see `returnUnits`).
 * One conditional update decides, so a repeat and a race change nothing.
 *
 * @param transaction what else must happen with it or not at all; one of its own without it
 * @returns the order, or undefined when it was not in the state that this end starts from
 */
export async function endOrder(
  sequelize: Sequelize,
  end: OrderEnd,
  transaction?: Transaction,
): Promise<ReturnedOrder | undefined> {
  if (transaction === undefined) return sequelize.transaction((own) => endOrder(sequelize, end, own));
  const { orderId, state, userId, by, reason = null } = end;
  const [, changed] = await sequelize.query(
    `UPDATE orders
        SET state = ?, ended_at = ?, ended_by = ?, end_reason = ?, unit_return_due = 1
      WHERE id = ?
        AND state = ?
        ${userId === undefined ? '' : 'AND user_id = ?'}`,
    {
      replacements: [
        state,
        toDatetime(Date.now()),
        by,
        reason,
        orderId,
        returnsFrom[state],
        ...(userId === undefined ? [] : [userId]),
      ],
      type: QueryTypes.UPDATE,
      transaction,
    },
  );
  if (changed !== 1) return undefined;
  const [ended] = await findReturned(sequelize, [orderId], transaction);
  if (ended === undefined) throw new Error(`The order ${orderId} vanished while it was ended.`);
  await giveBackUnits(sequelize, [ended], transaction);
  return ended;
}

/**
 * Expires orders whose time to pay is over. Several order services can do this at once: each skips the rows that another holds.
 *
 * @returns the orders that this call expired, at most `limit`
 */
export async function expireOrders(sequelize: Sequelize, limit: number): Promise<ReturnedOrder[]> {
  return sequelize.transaction(async (transaction) => {
    const now = toDatetime(Date.now());
    const rows = await sequelize.query<{ id: string }>(
      `SELECT id
         FROM orders
        WHERE state = 'ordered'
          AND pay_before <= ?
        ORDER BY pay_before
        LIMIT ?
          FOR UPDATE SKIP LOCKED`,
      { replacements: [now, limit], type: QueryTypes.SELECT, transaction },
    );
    if (rows.length === 0) return [];
    const ids = rows.map((row) => row.id);
    await sequelize.query(
      `UPDATE orders
          SET state = 'expired', ended_at = ?, ended_by = ?, unit_return_due = 1
        WHERE id IN (?)
          AND state = 'ordered'`,
      { replacements: [now, orderEnders.expiry, ids], transaction },
    );
    const expired = await findReturned(sequelize, ids, transaction);
    await giveBackUnits(sequelize, expired, transaction);
    return expired;
  });
}

/** Ended orders whose units Redis may not have back yet, oldest first, after the first `skip` of them. */
export async function findDueReturns(sequelize: Sequelize, limit: number, skip = 0): Promise<ReturnedOrder[]> {
  return sequelize.query<ReturnedOrder>(
    `SELECT id AS orderId, CAST(event_id AS CHAR) AS eventId, CAST(user_id AS CHAR) AS userId, quantity
       FROM orders
      WHERE unit_return_due = 1
      ORDER BY ended_at, id
      LIMIT ?
     OFFSET ?`,
    { replacements: [limit, skip], type: QueryTypes.SELECT },
  );
}

/** Notes that Redis has the units of these orders back, and when it was first known to have them. */
export async function clearDueReturns(sequelize: Sequelize, orderIds: readonly string[]): Promise<void> {
  if (orderIds.length === 0) return;
  await sequelize.query(
    `UPDATE orders
        SET unit_return_due = 0, units_returned_at = COALESCE(units_returned_at, ?)
      WHERE id IN (?)`,
    { replacements: [toDatetime(Date.now()), orderIds] },
  );
}

function findReturned(
  sequelize: Sequelize,
  orderIds: readonly string[],
  transaction: Transaction,
): Promise<ReturnedOrder[]> {
  return sequelize.query<ReturnedOrder>(
    `SELECT id AS orderId, CAST(event_id AS CHAR) AS eventId, CAST(user_id AS CHAR) AS userId, quantity
       FROM orders
      WHERE id IN (?)
      ORDER BY event_id, user_id`,
    { replacements: [orderIds], type: QueryTypes.SELECT, transaction },
  );
}

/** Events first, users second, each in the order of their ids: as in `storeOrders`, so that they never deadlock. */
async function giveBackUnits(
  sequelize: Sequelize,
  orders: readonly ReturnedOrder[],
  transaction: Transaction,
): Promise<void> {
  for (const [eventId, units] of sumUnits(orders, (order) => order.eventId)) {
    await sequelize.query('UPDATE sale_events SET sold = sold - ? WHERE id = ?', {
      replacements: [units, eventId],
      transaction,
    });
  }
  for (const order of orders) {
    await sequelize.query('UPDATE purchase_counts SET units = units - ? WHERE event_id = ? AND user_id = ?', {
      replacements: [order.quantity, order.eventId, order.userId],
      transaction,
    });
  }
}
