import { Refusal } from '../domain/errorCatalogue.js';
import type { Ctx } from './context.js';

const SCHEME = 'Bearer ';

/**
 * The token of the Authorization header. It is taken from nowhere else: query strings end up in logs and cookies are sent
 * by other sites' forms.
 * @throws Refusal UNAUTHENTICATED
 */
export function bearerToken(ctx: Ctx): string {
  const header = ctx.req.headers.authorization;
  if (header === undefined) throw new Refusal('UNAUTHENTICATED');
  if (header.startsWith(SCHEME)) return header.slice(SCHEME.length);
  if (header.slice(0, SCHEME.length).toLowerCase() === 'bearer ') return header.slice(SCHEME.length).trim();
  throw new Refusal('UNAUTHENTICATED');
}
