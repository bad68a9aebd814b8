import type { z } from 'zod';
import type { Authenticated } from '../../http/auth.js';
import type { Handler, Step } from '../../http/context.js';
import type { Registrar } from '../../http/router.js';
import { query } from '../../http/validate.js';
import { listSchema } from './schemas.js';

export interface OrderRoutes {
  auth: Step<Authenticated>;
  listOrders: Handler<Authenticated & { query: z.output<typeof listSchema> }>;
  showOrder: Handler<Authenticated>;
  payOrder: Handler<Authenticated>;
  cancelOrder: Handler<Authenticated>;
}

export function registerRoutes(route: Registrar, handlers: OrderRoutes): void {
  const { auth, listOrders, showOrder, payOrder, cancelOrder } = handlers;
  route.get('/order/all', auth, query(listSchema), listOrders);
  route.get('/order/:id', auth, showOrder);
  route.post('/order/pay/:id', auth, payOrder);
  route.post('/order/cancel/:id', auth, cancelOrder);
}
