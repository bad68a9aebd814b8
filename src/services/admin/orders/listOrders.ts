import type { z } from 'zod';
import type { Reservation } from '../../../domain/order.js';
import type { Handler } from '../../../http/context.js';
import { presentOrder } from '../../../http/presentOrder.js';
import { findStoredIds, listOrders, type StoredOrder } from '../../../stores/mysql/orders.js';
import { listSaleEventIds } from '../../../stores/mysql/saleEvents.js';
import { readPending } from '../../../stores/redis/readPending.js';
import type { AdminStores } from '../adminStores.js';
import { presentOrders } from './presenters.js';
import type { ordersSchema } from './schemas.js';

type OrdersQuery = z.output<typeof ordersSchema>;

/**
 * `GET /admin/orders`: the newest reservations first. Orders that MySQL does not have yet stand before the others, on the first
 * page alone, and at most a page of them.
 */
export function createListOrders(stores: AdminStores): Handler<{ query: OrdersQuery }> {
  return async (ctx) => {
    const { limit, eventId, userId, state, since, until, cursor } = ctx.state.query;
    const pending = cursor === undefined ? await findPendingOrders(stores, ctx.state.query) : [];
    const onTheirWay = pending.map((reservation) => presentOrder({ pending: reservation }));
    if (state === 'pending') {
      ctx.body = presentOrders(onTheirWay, null);
      return;
    }
    const stored = await listOrders(stores.sequelize, {
      limit,
      ...(eventId === undefined ? {} : { eventId }),
      ...(userId === undefined ? {} : { userId }),
      ...(state === undefined ? {} : { state }),
      ...(since === undefined ? {} : { since: new Date(since) }),
      ...(until === undefined ? {} : { until: new Date(until) }),
      ...(cursor === undefined ? {} : { after: parseCursor(cursor) }),
    });
    const views = stored.map((order) => presentOrder({ stored: order }));
    ctx.body = presentOrders([...onTheirWay, ...views], stored.length < limit ? null : formatCursor(stored.at(-1)));
  };
}

/** Reservations that MySQL does not have, whatever `pending` still says of those that it has had for a moment. */
async function findPendingOrders({ sequelize, redis }: AdminStores, query: OrdersQuery): Promise<Reservation[]> {
  const { eventId, userId, state, limit, since = -Infinity, until = Infinity } = query;
  if (state !== undefined && state !== 'pending') return [];
  const eventIds = eventId === undefined ? await listSaleEventIds(sequelize) : [eventId];
  const pending = (await Promise.all(eventIds.map((id) => readPending(redis, id)))).flat();
  const wanted = pending
    .filter((reservation) => userId === undefined || reservation.userId === userId)
    .filter(({ reservedAtMs }) => reservedAtMs >= since && reservedAtMs < until)
    .sort((a, b) => b.reservedAtMs - a.reservedAtMs)
    .slice(0, limit);
  const stored = await findStoredIds(
    sequelize,
    wanted.map((reservation) => reservation.orderId),
  );
  return wanted.filter((reservation) => !stored.has(reservation.orderId));
}

function parseCursor(cursor: string): { reservedAt: Date; id: string } {
  const [ms = '', id = ''] = cursor.split('_');
  return { reservedAt: new Date(Number(ms)), id };
}

function formatCursor(last: StoredOrder | undefined): string | null {
  return last === undefined ? null : `${last.reservedAt.getTime()}_${last.id}`;
}
