import type { RequestListener } from 'node:http';
import Koa from 'koa';
import { Refusal } from '../domain/errorCatalogue.js';
import type { BaseState, Ctx } from './context.js';
import type { Log } from './createLog.js';
import { waitForStores, type ReadinessChecks } from './health.js';
import { registerHealthRoutes } from './healthRoutes.js';
import type { Lifecycle } from './lifecycle.js';
import type { Metrics, RouteMetrics } from './metrics.js';
import { refuse } from './refuse.js';
import { createRequestIds } from './requestId.js';
import { createRequestLog } from './requestLog.js';
import { registerStoreMetrics } from './storeMetrics.js';
import { createRouter, type Registrar, type Route } from './router.js';
import { toRefusal } from './toRefusal.js';

export interface AppOptions {
  log: Log;
  metrics: Metrics;
  lifecycle: Lifecycle;
  /** What `/readyz` looks at: the stores without which the service cannot do its work. */
  checks: ReadinessChecks;
  /** Stores that it uses and is ready without; `/metrics` says of all of them whether they answer. */
  watched?: ReadinessChecks;
  checkTimeoutMs: number;
  /** Answers GET requests of no route: the user service's page. Calls `next` for what it does not have. */
  fallback?: Koa.Middleware;
}

export interface App {
  route: Registrar;
  routes: readonly Route[];
  /** For `http.createServer`. */
  listener: RequestListener;
  /** Waits until the stores answer. @returns the names of those that do not within the time */
  waitForStores(withinMs: number): Promise<string[]>;
}

/** What the client went away from is counted under the number that proxies use for it. */
const CLIENT_GONE = 499;
/** Koa answers this unless a handler says otherwise. */
const NOT_ANSWERED = 404;
const UNMATCHED = '(no route)';

/**
 * The Koa app that the five services share. One middleware does everything that every request needs (id, route, error
 * answer, metrics, log line), because on the purchase path each layer of its own would cost as much as the work in it:
 * together they must stay under 5 µs of the about 24 µs of a bare answer.
 *
 * Whatever goes wrong is answered as JSON from the error catalogue; a stack is written to the log and never sent.
 */
export function createApp(options: AppOptions): App {
  const { log, metrics, lifecycle } = options;
  const router = createRouter();
  const requestId = createRequestIds();
  const logRequest = createRequestLog(log);
  const counters = new Map<Route, RouteMetrics>();
  const unmatched = metrics.ofRoute('ANY', UNMATCHED);
  const answerUnmatched = createUnmatched(router.allowed, options.fallback);

  const app = new Koa<BaseState, object>();
  app.on('error', (error: unknown) => log.debug({ err: error }, 'the answer could not be sent'));
  app.use(async (ctx: Ctx) => {
    const startedAtMs = performance.now();
    const { req, res } = ctx;
    const found = router.find(req.method!, req.url!);
    ctx.state = { requestId: requestId(req.headers['x-request-id']), params: found?.params ?? {} };
    if (lifecycle.isDraining) res.shouldKeepAlive = false;
    let failure: unknown;
    try {
      if (found === undefined) await answerUnmatched(ctx);
      else await found.route.run(ctx);
      if (ctx.respond !== false) setHeaders(ctx);
    } catch (error) {
      failure = error;
      answerError(ctx, error);
    }
    const status = isGone(ctx) ? CLIENT_GONE : res.statusCode;
    const latencyMs = performance.now() - startedAtMs;
    const counter = found === undefined ? unmatched : counterOf(found.route);
    counter.record(status, latencyMs, ctx.state.refusalCode);
    const pattern = found?.route.pattern ?? UNMATCHED;
    logRequest(ctx, { pattern, isLogged: found?.route.isLogged ?? false, latencyMs, status, error: failure });
  });

  registerStoreMetrics(metrics.registry, { ...options.checks, ...options.watched }, options.checkTimeoutMs);
  registerHealthRoutes(router.route, options);
  const answer = app.callback();
  return {
    route: router.route,
    routes: router.routes,
    listener: (req, res) => void answer(req, res),
    waitForStores: (withinMs) => waitForStores(options.checks, withinMs),
  };

  function counterOf(route: Route): RouteMetrics {
    let counter = counters.get(route);
    if (counter === undefined) {
      counter = metrics.ofRoute(route.method, route.pattern);
      counters.set(route, counter);
    }
    return counter;
  }
}

/** The headers of `sendJson`, for handlers that leave the answer to Koa. */
function setHeaders(ctx: Ctx): void {
  if (!ctx.response.get('Cache-Control')) ctx.set('Cache-Control', 'no-store');
  ctx.set('X-Content-Type-Options', 'nosniff');
  ctx.set('X-Request-Id', ctx.state.requestId);
}

function createUnmatched(allowed: (url: string) => string[], fallback: Koa.Middleware | undefined) {
  return async (ctx: Ctx): Promise<void> => {
    const methods = allowed(ctx.req.url!);
    if (methods.length > 0) {
      ctx.set('Allow', methods.includes('GET') ? ['HEAD', ...methods].join(', ') : methods.join(', '));
      throw new Refusal('METHOD_NOT_ALLOWED', { allow: methods });
    }
    if (fallback !== undefined && (ctx.method === 'GET' || ctx.method === 'HEAD')) {
      if (await isAnswered(fallback, ctx)) return;
    }
    throw new Refusal('ROUTE_NOT_FOUND');
  };
}

/** A path that points out of the folder, or is not a path, is refused by throwing an HTTP error: to us, not found. */
async function isAnswered(fallback: Koa.Middleware, ctx: Ctx): Promise<boolean> {
  try {
    await fallback(ctx, () => Promise.resolve());
  } catch (error) {
    if (error instanceof Koa.HttpError && error.status < 500) return false;
    throw error;
  }
  return ctx.status !== NOT_ANSWERED;
}

function answerError(ctx: Ctx, error: unknown): void {
  if (ctx.res.headersSent) {
    // Half an answer cannot be taken back; a broken connection is the only honest end of it.
    ctx.respond = false;
    ctx.res.destroy();
    return;
  }
  if (isGone(ctx)) {
    ctx.respond = false;
    return;
  }
  refuse(ctx, toRefusal(error));
}

function isGone(ctx: Ctx): boolean {
  return ctx.res.destroyed && !ctx.res.writableFinished;
}
