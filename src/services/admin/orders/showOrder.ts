import { Refusal } from '../../../domain/errorCatalogue.js';
import { eventIdOfOrder } from '../../../domain/order.js';
import type { Handler } from '../../../http/context.js';
import { presentOrder } from '../../../http/presentOrder.js';
import { lookUpOrder } from '../../../stores/lookUpOrder.js';
import type { AdminStores } from '../adminStores.js';
import { presentOrder as presentAnswer } from './presenters.js';

/** `GET /admin/orders/:id`: anybody's order, `pending` until MySQL has it. */
export function createShowOrder(stores: AdminStores): Handler {
  return async (ctx) => {
    const orderId = ctx.state.params.id ?? '';
    const found = eventIdOfOrder(orderId) === undefined ? undefined : await lookUpOrder(stores, orderId);
    if (found === undefined) throw new Refusal('NOT_FOUND');
    ctx.body = presentAnswer(presentOrder(found));
  };
}
