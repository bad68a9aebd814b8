import { setTimeout as sleep } from 'node:timers/promises';
import type { Ctx, Handler } from './context.js';
import type { Lifecycle } from './lifecycle.js';
import { refuse } from './refuse.js';
import { Refusal } from '../domain/errorCatalogue.js';
import type { HealthAnswer, ReadyAnswer } from '../domain/wire/health.js';

const POLL_MS = 50;

/** A look at one store; rejects when it does not answer. */
export type ReadinessChecks = Readonly<Record<string, () => Promise<unknown>>>;

/** Alive: the event loop turns. Looks at no store, so that a store's absence never gets a good process restarted. */
export const healthz: Handler = (ctx) => {
  ctx.body = { status: 'success' } satisfies HealthAnswer;
};

/** Ready: every store the service needs answers within the timeout. A 503 names those that do not, and says no more. */
export function createReadyz(checks: ReadinessChecks, timeoutMs: number, lifecycle: Lifecycle): Handler {
  return async (ctx: Ctx) => {
    if (lifecycle.isDraining) return refuse(ctx, new Refusal('SHUTTING_DOWN'));
    const away = await findAway(checks, timeoutMs);
    if (away.length > 0) return refuse(ctx, new Refusal('STORE_UNAVAILABLE', { stores: away }, 1));
    ctx.body = { status: 'success', stores: Object.keys(checks) } satisfies ReadyAnswer;
  };
}

/** Waits until every store answers. @returns the names of those that do not within the time */
export async function waitForStores(checks: ReadinessChecks, withinMs: number): Promise<string[]> {
  const deadlineMs = performance.now() + withinMs;
  for (;;) {
    const leftMs = deadlineMs - performance.now();
    const away = await findAway(checks, Math.max(POLL_MS, leftMs));
    if (away.length === 0 || leftMs <= POLL_MS) return away;
    await sleep(POLL_MS);
  }
}

async function findAway(checks: ReadinessChecks, timeoutMs: number): Promise<string[]> {
  const names = Object.keys(checks);
  const answers = await Promise.allSettled(names.map((name) => withTimeout(checks[name]!, timeoutMs)));
  return names.filter((_name, index) => answers[index]!.status === 'rejected');
}

async function withTimeout(check: () => Promise<unknown>, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    await Promise.race([check(), late]);
  } finally {
    clearTimeout(timer);
  }
}
