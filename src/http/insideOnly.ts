import { Refusal } from '../domain/errorCatalogue.js';
import { step } from './context.js';

/**
 * For what services, the machine and Prometheus ask directly: to whoever comes from outside there is no such route. A proxy
 * that leads in adds X-Forwarded-For, and its client cannot take that away; nobody inside sends it. Which paths the proxy
 * leads where, and how it reads `//` or `%69` in them, does not matter then.
 */
export const insideOnly = step(
  (ctx, next) => {
    if (ctx.req.headers['x-forwarded-for'] !== undefined) throw new Refusal('ROUTE_NOT_FOUND');
    return next();
  },
  { refusals: ['ROUTE_NOT_FOUND'] },
);
