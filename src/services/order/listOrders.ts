import type { z } from 'zod';
import type { Authenticated } from '../../http/auth.js';
import type { Handler } from '../../http/context.js';
import { presentOrder } from '../../http/presentOrder.js';
import { listPendingOrders } from '../../stores/listPendingOrders.js';
import { listOrders, type StoredOrder } from '../../stores/mysql/orders.js';
import { listSaleEventIds } from '../../stores/mysql/saleEvents.js';
import type { OrderStores } from './ownOrder.js';
import { presentPage } from './presenters.js';
import type { listSchema } from './schemas.js';

interface ListQuery {
  query: z.output<typeof listSchema>;
}

/** `GET /order/all`: the user's orders, newest first; those that MySQL does not have yet come first on the first page. */
export function createListOrders({ sequelize, redis }: OrderStores): Handler<Authenticated & ListQuery> {
  return async (ctx) => {
    const userId = ctx.state.identity.id;
    const { limit, eventId, cursor } = ctx.state.query;
    const eventIds = eventId === undefined ? await listSaleEventIds(sequelize) : [eventId];
    // Pending first, MySQL second: an order that is stored in between is listed twice rather than not at all.
    const pending = cursor === undefined ? await listPendingOrders(redis, userId, eventIds) : [];
    const stored = await listOrders(sequelize, {
      userId,
      limit,
      ...(eventId === undefined ? {} : { eventId }),
      ...(cursor === undefined ? {} : { after: parseCursor(cursor) }),
    });
    const storedIds = new Set(stored.map((order) => order.id));
    const onTheirWay = pending.filter((reservation) => !storedIds.has(reservation.orderId));
    const views = [
      ...onTheirWay.map((reservation) => presentOrder({ pending: reservation })),
      ...stored.map((order) => presentOrder({ stored: order })),
    ];
    ctx.body = presentPage(views, stored.length < limit ? null : formatCursor(stored.at(-1)));
  };
}

function parseCursor(cursor: string): { reservedAt: Date; id: string } {
  const [ms = '', id = ''] = cursor.split('_');
  return { reservedAt: new Date(Number(ms)), id };
}

function formatCursor(last: StoredOrder | undefined): string | null {
  return last === undefined ? null : `${last.reservedAt.getTime()}_${last.id}`;
}
