import type { Authenticated } from '../../http/auth.js';
import type { Handler, Step } from '../../http/context.js';
import { readsBody, unlogged, type Registrar } from '../../http/router.js';
import { purchaseSchema } from './schemas.js';

export interface SpikeRoutes {
  auth: Step<Authenticated>;
  handTicket: Handler<Authenticated>;
  purchase: Handler<Authenticated>;
}

/** What the latency of purchases is measured on. */
export const PURCHASE_ROUTE = '/spike/:id/:ticket';

export function registerRoutes(route: Registrar, { auth, handTicket, purchase }: SpikeRoutes): void {
  route.get('/spike/:id', unlogged, auth, handTicket);
  route.post(PURCHASE_ROUTE, unlogged, auth, readsBody(purchaseSchema, { isOptional: true }), purchase);
}
