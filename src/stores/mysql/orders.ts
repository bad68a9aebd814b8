import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import type { OrderEnder, StoredOrderState } from '../../domain/order.js';
import { toDatetime } from './toDatetime.js';

/** An order as MySQL keeps it. */
export interface StoredOrder {
  id: string;
  eventId: string;
  eventTitle: string;
  userId: string;
  quantity: number;
  priceCents: number;
  state: StoredOrderState;
  reservedAt: Date;
  orderedAt: Date;
  payBefore: Date;
  paidAt: Date | null;
  endedAt: Date | null;
  /** When its message was published; null for one that was stored before this was kept. */
  publishedAt: Date | null;
  /** See `OrderEnder`; null as long as it has not ended, and for one that ended before this was kept. */
  endedBy: OrderEnder | null;
  endReason: string | null;
  /** It has ended, and Redis may not have its units back yet. */
  isReturnDue: boolean;
  unitsReturnedAt: Date | null;
}

interface Row {
  id: string;
  event_id: number | string;
  event_title: string;
  user_id: number | string;
  quantity: number;
  price_cents: number | string;
  state: StoredOrderState;
  reserved_at: Date;
  ordered_at: Date;
  pay_before: Date;
  paid_at: Date | null;
  ended_at: Date | null;
  published_at: Date | null;
  ended_by: string | null;
  end_reason: string | null;
  unit_return_due: number;
  units_returned_at: Date | null;
}

const SELECT_ORDERS = `
  SELECT orders.*, sale_events.title AS event_title
    FROM orders
    JOIN sale_events ON sale_events.id = orders.event_id`;

export async function findOrder(sequelize: Sequelize, orderId: string): Promise<StoredOrder | undefined> {
  const rows = await sequelize.query<Row>(`${SELECT_ORDERS} WHERE orders.id = ?`, {
    replacements: [orderId],
    type: QueryTypes.SELECT,
  });
  return rows[0] && parseRow(rows[0]);
}

export interface OrderFilter {
  eventId?: string;
  userId?: string;
  state?: StoredOrderState;
  /** Reserved at or after this time. */
  since?: Date;
  /** Reserved before this time. */
  until?: Date;
  limit: number;
  /** Continue after this order (the last of the page before). */
  after?: { reservedAt: Date; id: string };
}

/** Orders with the newest reservation first. */
export async function listOrders(sequelize: Sequelize, filter: OrderFilter): Promise<StoredOrder[]> {
  const conditions: string[] = ['1 = 1'];
  const replacements: unknown[] = [];
  const where = (condition: string, ...values: unknown[]) => {
    conditions.push(condition);
    replacements.push(...values);
  };
  if (filter.eventId !== undefined) where('orders.event_id = ?', filter.eventId);
  if (filter.userId !== undefined) where('orders.user_id = ?', filter.userId);
  if (filter.state !== undefined) where('orders.state = ?', filter.state);
  if (filter.since !== undefined) where('orders.reserved_at >= ?', toDatetime(filter.since));
  if (filter.until !== undefined) where('orders.reserved_at < ?', toDatetime(filter.until));
  if (filter.after !== undefined) {
    const { id } = filter.after;
    const reservedAt = toDatetime(filter.after.reservedAt);
    where('(orders.reserved_at < ? OR (orders.reserved_at = ? AND orders.id < ?))', reservedAt, reservedAt, id);
  }
  const rows = await sequelize.query<Row>(
    `${SELECT_ORDERS}
      WHERE ${conditions.join(' AND ')}
      ORDER BY orders.reserved_at DESC, orders.id DESC
      LIMIT ?`,
    { replacements: [...replacements, filter.limit], type: QueryTypes.SELECT },
  );
  return rows.map(parseRow);
}

/** Ids in one statement: some hundred kilobytes, far below any server's limit for a packet. */
const IDS_PER_QUERY = 5_000;

/** Which of these orders MySQL has, in whatever state. */
export async function findStoredIds(
  sequelize: Sequelize,
  orderIds: readonly string[],
  transaction: Transaction | null = null,
): Promise<Set<string>> {
  const stored = new Set<string>();
  for (let start = 0; start < orderIds.length; start += IDS_PER_QUERY) {
    const rows = await sequelize.query<{ id: string }>('SELECT id FROM orders WHERE id IN (?)', {
      replacements: [orderIds.slice(start, start + IDS_PER_QUERY)],
      type: QueryTypes.SELECT,
      transaction,
    });
    for (const row of rows) stored.add(row.id);
  }
  return stored;
}

/** The states and owners of those of these orders that MySQL has, by id. */
export async function findStoredStates(
  sequelize: Sequelize,
  orderIds: readonly string[],
): Promise<Map<string, { state: StoredOrderState; userId: string }>> {
  const rows = await sequelize.query<{ id: string; state: StoredOrderState; user_id: number | string }>(
    'SELECT id, state, user_id FROM orders WHERE id IN (?)',
    { replacements: [orderIds], type: QueryTypes.SELECT },
  );
  return new Map(rows.map(({ id, state, user_id }) => [id, { state, userId: String(user_id) }]));
}

/** @returns whether any order was ever stored for the event */
export async function hasOrders(sequelize: Sequelize, eventId: string, transaction: Transaction): Promise<boolean> {
  const rows = await sequelize.query('SELECT 1 FROM orders WHERE event_id = ? LIMIT 1', {
    replacements: [eventId],
    type: QueryTypes.SELECT,
    transaction,
  });
  return rows.length > 0;
}

function parseRow(row: Row): StoredOrder {
  return {
    id: row.id,
    eventId: String(row.event_id),
    eventTitle: row.event_title,
    userId: String(row.user_id),
    quantity: row.quantity,
    priceCents: Number(row.price_cents),
    state: row.state,
    reservedAt: row.reserved_at,
    orderedAt: row.ordered_at,
    payBefore: row.pay_before,
    paidAt: row.paid_at,
    endedAt: row.ended_at,
    publishedAt: row.published_at,
    endedBy: row.ended_by,
    endReason: row.end_reason,
    isReturnDue: row.unit_return_due === 1,
    unitsReturnedAt: row.units_returned_at,
  };
}
