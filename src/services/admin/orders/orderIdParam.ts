import { Refusal } from '../../../domain/errorCatalogue.js';
import { eventIdOfOrder } from '../../../domain/order.js';
import type { Ctx } from '../../../http/context.js';

/**
 * The order id in the route's path.
 * @throws Refusal NOT_FOUND when it cannot be one: no order has such an id
 */
export function orderIdParam(ctx: Ctx): string {
  const orderId = ctx.state.params.id ?? '';
  if (eventIdOfOrder(orderId) === undefined) throw new Refusal('NOT_FOUND');
  return orderId;
}
