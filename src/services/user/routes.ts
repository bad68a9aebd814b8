import type { z } from 'zod';
import { newUserSchema } from '../../domain/newUser.js';
import type { Authenticated } from '../../http/auth.js';
import type { Handler, Step } from '../../http/context.js';
import { insideOnly } from '../../http/insideOnly.js';
import type { Registrar } from '../../http/router.js';
import { createServiceAuth } from '../../http/serviceAuth.js';
import { createBody, query } from '../../http/validate.js';
import { listSchema, loginSchema, testTokensSchema } from './schemas.js';

export interface UserRoutes {
  addressLimit(route: string): Step;
  auth: Step<Authenticated>;
  refreshAuth: Step<Authenticated>;
  bodyBytesMax: number;
  register: Handler<{ body: z.output<typeof newUserSchema> }>;
  login: Handler<{ body: z.output<typeof loginSchema> }>;
  refreshToken: Handler<Authenticated>;
  listEvents: Handler<{ query: z.output<typeof listSchema> }>;
  showEvent: Handler;
  showAccess: Handler<Authenticated>;
  listEventOrders: Handler<Authenticated>;
  serviceToken: string;
  issueTestTokens: Handler<{ body: z.output<typeof testTokensSchema> }>;
}

export function registerRoutes(route: Registrar, handlers: UserRoutes): void {
  const { addressLimit, auth, refreshAuth } = handlers;
  const body = createBody(handlers.bodyBytesMax);

  route.post('/users/register', addressLimit('register'), body(newUserSchema), handlers.register);
  route.post('/users/login', addressLimit('login'), body(loginSchema), handlers.login);
  route.get('/users/auth/refresh_token', refreshAuth, handlers.refreshToken);

  route.get('/users/spike/all', auth, query(listSchema), handlers.listEvents);
  route.get('/users/spike/:id', auth, handlers.showEvent);
  route.get('/users/spike/access/:id', auth, handlers.showAccess);
  route.get('/users/spike/order/:id', auth, handlers.listEventOrders);

  // For the other services alone.
  const serviceAuth = createServiceAuth(handlers.serviceToken);
  route.post('/users/internal/test-tokens', insideOnly, serviceAuth, body(testTokensSchema), handlers.issueTestTokens);
}
