import type { Sequelize } from 'sequelize';
import { Refusal } from '../../domain/errorCatalogue.js';
import type { Authenticated } from '../../http/auth.js';
import type { Handler } from '../../http/context.js';
import { idParam } from '../../http/idParam.js';
import { presentOrder } from '../../http/presentOrder.js';
import { listPendingOrders } from '../../stores/listPendingOrders.js';
import { listOrders } from '../../stores/mysql/orders.js';
import type { RedisStore } from '../../stores/redis/connectRedis.js';
import type { EventBoard } from './createEventBoard.js';
import { presentOrders } from './presenters.js';

/** A user has as many orders in one event as the purchase limit allows, and those that ended. */
const ORDERS_MAX = 100;

export interface ListEventOrdersOptions {
  sequelize: Sequelize;
  redis: RedisStore;
  board: EventBoard;
}

/** `GET /users/spike/order/:id`: the user's own orders in one event, those on their way first. */
export function createListEventOrders(options: ListEventOrdersOptions): Handler<Authenticated> {
  const { sequelize, redis, board } = options;
  return async (ctx) => {
    const eventId = idParam(ctx);
    const userId = ctx.state.identity.id;
    if ((await board.find(eventId)) === undefined) throw new Refusal('NOT_FOUND');
    // Pending first, MySQL second: an order that is stored in between is found twice rather than not at all.
    const pending = await listPendingOrders(redis, userId, [eventId]);
    const stored = await listOrders(sequelize, { eventId, userId, limit: ORDERS_MAX });
    const storedIds = new Set(stored.map((order) => order.id));
    const onTheirWay = pending.filter((reservation) => !storedIds.has(reservation.orderId));
    ctx.body = presentOrders([
      ...onTheirWay.map((reservation) => presentOrder({ pending: reservation })),
      ...stored.map((order) => presentOrder({ stored: order })),
    ]);
  };
}
