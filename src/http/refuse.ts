import { errorCatalogue, type ErrorCode, type Refusal } from '../domain/errorCatalogue.js';
import type { Ctx } from './context.js';
import { sendJson } from './sendJson.js';

/** Answers with a refusal. The fixed fields cannot be overwritten by details. */
export function refuse(ctx: Ctx, refusal: Pick<Refusal, 'code' | 'details' | 'retryAfterSeconds'>): void {
  createFixedRefusal(refusal.code, refusal.details)(ctx, refusal.retryAfterSeconds);
}

/**
 * A refusal whose text is made once and sent often (`SOLD_OUT` at tens of thousands a second): only the request id is
 * filled in. Nothing is thrown, so no stack is captured.
 */
export function createFixedRefusal(code: ErrorCode, details: Readonly<Record<string, unknown>> = {}) {
  const { status, msg, next } = errorCatalogue[code];
  const fixed = { status: 'fail', code, msg, next };
  const own = Object.fromEntries(Object.entries(details).filter(([name]) => name !== 'requestId' && !(name in fixed)));
  const head = `${JSON.stringify(fixed).slice(0, -1)},"requestId":"`;
  const ownJson = JSON.stringify(own);
  const tail = ownJson === '{}' ? '"}' : `",${ownJson.slice(1)}`;
  return function fixedRefusal(ctx: Ctx, retryAfterSeconds?: number): void {
    ctx.state.refusalCode = code;
    // Request ids hold nothing that JSON would have to escape.
    sendJson(ctx, status, head + ctx.state.requestId + tail, retryAfterSeconds);
  };
}
