import type { Ctx } from './context.js';
import type { Log } from './createLog.js';

/** An answer that took longer is worth a line, whatever it was. */
const SLOW_MS = 1_000;
/** A store that is away fails every request: one line a second for each route and status tells as much as thousands. */
const REPEAT_MS = 1_000;

export interface Answered {
  /** The route's pattern, never the path: that may hold a ticket. */
  pattern: string;
  isLogged: boolean;
  latencyMs: number;
  status: number;
  error?: unknown;
}

/**
 * One line for a request: changes, made or refused, at info, what took long or failed on our side at warn (error if it is our fault). Reads
 * and the purchase routes are counted in the metrics and otherwise not mentioned.
 */
export function createRequestLog(log: Log) {
  const recent = new Map<string, { atMs: number; suppressed: number }>();
  return function logRequest(ctx: Ctx, answered: Answered): void {
    const { status, latencyMs, pattern } = answered;
    const isFailure = status >= 500;
    if (!isFailure && latencyMs < SLOW_MS) {
      if (answered.isLogged && ctx.method !== 'GET' && ctx.method !== 'HEAD')
        log.info(line(ctx, answered), status < 400 ? 'changed' : 'refused');
      return;
    }
    const suppressed = countRepeat(recent, `${status} ${ctx.method} ${pattern}`);
    if (suppressed === undefined) return;
    const fields = { ...line(ctx, answered), ...(suppressed > 0 ? { suppressed } : {}) };
    if (status === 500) log.error({ ...fields, err: answered.error }, 'failed');
    else if (isFailure) log.warn(answered.error === undefined ? fields : { ...fields, err: answered.error }, 'refused');
    else log.warn(fields, 'slow');
  };
}

function line(ctx: Ctx, { pattern, status, latencyMs }: Answered) {
  const { requestId, actor, refusalCode } = ctx.state;
  return {
    requestId,
    method: ctx.method,
    route: pattern,
    status,
    ms: Math.round(latencyMs),
    ...(actor === undefined ? {} : { actor }),
    ...(refusalCode === undefined ? {} : { code: refusalCode }),
  };
}

/** How many of these went unmentioned since the last line; undefined when this one shall too. */
function countRepeat(recent: Map<string, { atMs: number; suppressed: number }>, key: string): number | undefined {
  const nowMs = performance.now();
  const last = recent.get(key);
  if (last !== undefined && nowMs - last.atMs < REPEAT_MS) {
    last.suppressed += 1;
    return undefined;
  }
  recent.set(key, { atMs: nowMs, suppressed: 0 });
  return last?.suppressed ?? 0;
}
