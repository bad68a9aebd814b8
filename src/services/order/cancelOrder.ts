import { Refusal } from '../../domain/errorCatalogue.js';
import { orderEnders } from '../../domain/order.js';
import type { Authenticated } from '../../http/auth.js';
import type { Handler } from '../../http/context.js';
import type { Log } from '../../http/createLog.js';
import { presentOrder } from '../../http/presentOrder.js';
import { endOrder } from '../../stores/mysql/changeOrder.js';
import { returnUnits } from '../../stores/returnUnits.js';
import { findOwnStoredOrder, type OrderStores } from './ownOrder.js';
import { presentOne } from './presenters.js';

/** `POST /order/cancel/:id`: ends an ordered order and returns its units to the sale, once only. */
export function createCancelOrder(stores: OrderStores & { log: Log }): Handler<Authenticated> {
  const { sequelize, log } = stores;
  return async (ctx) => {
    const userId = ctx.state.identity.id;
    const order = await findOwnStoredOrder(stores, ctx.state.params.id ?? '', userId);
    const ended = await endOrder(sequelize, {
      orderId: order.id,
      userId,
      state: 'cancelled',
      by: orderEnders.shopper,
    });
    if (ended === undefined) {
      const { state } = await findOwnStoredOrder(stores, order.id, userId);
      throw new Refusal('ORDER_NOT_CANCELLABLE', { orderId: order.id, state });
    }
    // The order is cancelled whatever happens now: the flag in MySQL stays up until the sweeper has brought the units back.
    await returnUnits(stores, [ended]).catch((error: unknown) =>
      log.warn({ err: error, orderId: order.id }, 'the sweeper will return the units of a cancelled order'),
    );
    ctx.body = presentOne(presentOrder({ stored: await findOwnStoredOrder(stores, order.id, userId) }));
  };
}
