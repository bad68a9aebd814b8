import { errorCatalogue, type ErrorCode } from '../../domain/errorCatalogue.js';
import type { FailAnswer } from '../../domain/wire.js';

/** The refusal as nginx writes it between single quotes; the request's id is its own variable. */
export function ingressAnswer(code: ErrorCode): string {
  const { msg, next } = errorCatalogue[code];
  const answer: FailAnswer = { status: 'fail', code, msg, next, requestId: '$request_id' };
  return JSON.stringify(answer).replaceAll("'", String.raw`\'`);
}
