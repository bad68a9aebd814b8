import { Refusal } from '../../../domain/errorCatalogue.js';
import type { Handler } from '../../../http/context.js';
import { lookUpOrder } from '../../../stores/lookUpOrder.js';
import { findParkedReason } from '../../../stores/redis/pending.js';
import type { AdminStores } from '../adminStores.js';
import { orderIdParam } from './orderIdParam.js';
import { presentOrderWithHistory } from './presenters.js';

/** `GET /admin/orders/:id`: anybody's order, `pending` until MySQL has it, and all that happened to it. */
export function createShowOrder(stores: AdminStores): Handler {
  return async (ctx) => {
    const orderId = orderIdParam(ctx);
    const found = await lookUpOrder(stores, orderId);
    if (found === undefined) throw new Refusal('NOT_FOUND');
    const parked =
      'pending' in found ? await findParkedReason(stores.redis, found.pending.eventId, orderId) : undefined;
    ctx.body = presentOrderWithHistory(found, parked);
  };
}
