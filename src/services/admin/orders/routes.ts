import { query } from '../../../http/validate.js';
import type { AdminDeps } from '../adminDeps.js';
import type { Guards } from '../guards.js';
import { createEndOrder } from './endOrder.js';
import { createFindOrders } from './findOrders.js';
import { createListOrders } from './listOrders.js';
import { orderEndSchema, orderIdsSchema, ordersSchema } from './schemas.js';
import { createShowOrder } from './showOrder.js';

/** Everybody's orders. */
export function registerOrderRoutes({ viewer, operator, body }: Guards, { stores }: AdminDeps): void {
  viewer.get('/admin/orders', query(ordersSchema), createListOrders(stores));
  viewer.post('/admin/orders/find', body(orderIdsSchema), createFindOrders(stores));
  viewer.get('/admin/orders/:id', createShowOrder(stores));
  operator.post(
    '/admin/orders/:id/cancel',
    body(orderEndSchema, { isOptional: true }),
    createEndOrder(stores, 'cancel'),
  );
  operator.post(
    '/admin/orders/:id/refund',
    body(orderEndSchema, { isOptional: true }),
    createEndOrder(stores, 'refund'),
  );
}
