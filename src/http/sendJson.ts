import type { Ctx } from './context.js';

const JSON_TYPE = 'application/json; charset=utf-8';

/**
 * Answers with JSON text in one write, past Koa's own `respond`, which would work out type and length again. Handlers that
 * are not on the purchase path may as well set `ctx.body`; both get the same headers.
 *
 * @param retryAfterSeconds becomes the Retry-After header, rounded up to whole seconds as HTTP wants it
 */
export function sendJson(ctx: Ctx, status: number, json: string, retryAfterSeconds?: number): void {
  const bytes = Buffer.byteLength(json);
  const headers = [
    'Content-Type',
    JSON_TYPE,
    'Content-Length',
    String(bytes),
    'Cache-Control',
    'no-store',
    'X-Content-Type-Options',
    'nosniff',
    'X-Request-Id',
    ctx.state.requestId,
  ];
  if (retryAfterSeconds !== undefined) headers.push('Retry-After', String(Math.max(1, Math.ceil(retryAfterSeconds))));
  ctx.respond = false;
  ctx.res.writeHead(status, headers);
  // Text without a multi-byte character is the same in Latin-1, which the socket takes without encoding it.
  ctx.res.end(json, bytes === json.length ? 'latin1' : 'utf8');
}
