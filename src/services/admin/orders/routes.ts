import { query } from '../../../http/validate.js';
import type { AdminDeps } from '../adminDeps.js';
import type { Guards } from '../guards.js';
import { createListOrders } from './listOrders.js';
import { ordersSchema } from './schemas.js';
import { createShowOrder } from './showOrder.js';

/** Everybody's orders. */
export function registerOrderRoutes({ viewer }: Guards, { stores }: AdminDeps): void {
  viewer.get('/admin/orders', query(ordersSchema), createListOrders(stores));
  viewer.get('/admin/orders/:id', createShowOrder(stores));
}
