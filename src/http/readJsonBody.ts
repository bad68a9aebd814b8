import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import getRawBody from 'raw-body';
import { Refusal } from '../domain/errorCatalogue.js';
import type { Ctx } from './context.js';
import { isError } from './isError.js';

/** No body of ours is deeper; a body that is would only exhaust the stack of whoever walks it. */
const DEPTH_MAX = 32;

/**
 * Reads the request's body as JSON.
 *
 * @throws Refusal BODY_TOO_LARGE (the connection is closed after it, as the rest of the body stands unread on it),
 *   BAD_JSON, or BAD_INPUT for another content type or a content encoding
 */
export async function readJsonBody(ctx: Ctx, bytesMax: number): Promise<unknown> {
  checkHeaders(ctx.req);
  const bytes = await readBytes(ctx, bytesMax);
  if (!isUtf8(bytes)) throw new Refusal('BAD_JSON', { reason: 'the body is not UTF-8' });
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new Refusal('BAD_JSON', { reason: isError(error) ? firstLine(error.message) : 'unreadable' });
  }
  checkShape(value);
  return value;
}

function checkHeaders(req: IncomingMessage): void {
  const type = (req.headers['content-type'] ?? '').split(';', 1)[0]!.trim().toLowerCase();
  if (type !== 'application/json') throw badHeader('Content-Type', 'must be application/json');
  const encoding = req.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') throw badHeader('Content-Encoding', 'is not supported');
}

function badHeader(path: string, message: string): Refusal {
  return new Refusal('BAD_INPUT', { issues: [{ path, message }] });
}

async function readBytes(ctx: Ctx, bytesMax: number): Promise<Buffer> {
  try {
    return await getRawBody(ctx.req, { limit: bytesMax, length: ctx.req.headers['content-length'] ?? null });
  } catch (error) {
    const type = isError(error) && 'type' in error ? error.type : undefined;
    if (type === 'entity.too.large') {
      ctx.res.shouldKeepAlive = false;
      throw new Refusal('BODY_TOO_LARGE', { limitBytes: bytesMax });
    }
    if (type === 'request.size.invalid') throw new Refusal('BAD_JSON', { reason: 'the body is cut off' });
    throw error;
  }
}

/** The parser's message quotes the body; one short line of it is enough to find the place. */
function firstLine(message: string): string {
  return message.split('\n', 1)[0]!.slice(0, 120);
}

/**
 * `__proto__` as a key is an attempt at the prototype of whatever the object is copied to; nobody sends it by accident.
 * Walks without recursion, so depth itself cannot hurt before it is found out.
 */
function checkShape(root: unknown): void {
  const open: { value: unknown; depth: number }[] = [{ value: root, depth: 0 }];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    const { value, depth } = item;
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= DEPTH_MAX) throw new Refusal('BAD_INPUT', { issues: [{ path: '', message: 'is nested too deeply' }] });
    if (Object.hasOwn(value, '__proto__'))
      throw new Refusal('BAD_INPUT', { issues: [{ path: '__proto__', message: 'is not a known field' }] });
    for (const inner of Object.values(value)) open.push({ value: inner, depth: depth + 1 });
  }
}
