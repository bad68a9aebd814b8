import type { Authenticated } from '../../http/auth.js';
import type { Handler, Step } from '../../http/context.js';
import { unlogged, type Registrar } from '../../http/router.js';

export interface SpikeRoutes {
  auth: Step<Authenticated>;
  handTicket: Handler<Authenticated>;
  purchase: Handler<Authenticated>;
}

export function registerRoutes(route: Registrar, { auth, handTicket, purchase }: SpikeRoutes): void {
  route.get('/spike/:id', unlogged, auth, handTicket);
  route.post('/spike/:id/:ticket', unlogged, auth, purchase);
}
