import type { Authenticated } from '../../http/auth.js';
import type { Handler } from '../../http/context.js';
import { presentOrder } from '../../http/presentOrder.js';
import { findOwnOrder, type OrderStores } from './ownOrder.js';
import { presentOne } from './presenters.js';

/** `GET /order/:id`: the user's own order, `pending` until MySQL has it. */
export function createShowOrder(stores: OrderStores): Handler<Authenticated> {
  return async (ctx) => {
    const found = await findOwnOrder(stores, ctx.state.params.id ?? '', ctx.state.identity.id);
    ctx.body = presentOne(presentOrder(found));
  };
}
