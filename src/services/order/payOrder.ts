import { Refusal } from '../../domain/errorCatalogue.js';
import type { Authenticated } from '../../http/auth.js';
import type { Handler } from '../../http/context.js';
import { presentOrder } from '../../http/presentOrder.js';
import { payOrder } from '../../stores/mysql/changeOrder.js';
import { findOwnStoredOrder, type OrderStores } from './ownOrder.js';
import { presentOne } from './presenters.js';

/** `POST /order/pay/:id`: of a payment, a cancellation and an expiry exactly one wins; the others are told the state. */
export function createPayOrder(stores: OrderStores): Handler<Authenticated> {
  return async (ctx) => {
    const userId = ctx.state.identity.id;
    const order = await findOwnStoredOrder(stores, ctx.state.params.id ?? '', userId);
    const isPaid = await payOrder(stores.sequelize, order.id, userId);
    const now = await findOwnStoredOrder(stores, order.id, userId);
    if (!isPaid) {
      const { id: orderId, state, payBefore } = now;
      throw new Refusal('ORDER_NOT_PAYABLE', { orderId, state, payBefore: payBefore.toISOString() });
    }
    ctx.body = presentOne(presentOrder({ stored: now }));
  };
}
