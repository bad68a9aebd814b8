import { setTimeout as sleep } from 'node:timers/promises';
import type { Sequelize } from 'sequelize';
import { inBothPlans, planReconcile } from '../domain/planReconcile.js';
import type { ReconcilePlan } from '../domain/wire.js';
import { lookAtEvent } from './lookAtEvent.js';
import type { RedisStore } from './redis/connectRedis.js';

/** As often as an audit looks, and for the same reason. */
const LOOKS_MAX = 5;
const PAUSE_MS = 150;

/**
 * What a rebuild of the event's stock would change; a change counts only when every look finds it.
 *
 * @returns undefined when there is no such event
 * @throws Error when a store does not answer
 */
export async function planEventReconcile(
  stores: { sequelize: Sequelize; redis: RedisStore },
  eventId: string,
): Promise<ReconcilePlan | undefined> {
  let plan: ReconcilePlan | undefined;
  for (let looks = 0; looks < LOOKS_MAX; looks += 1) {
    if (looks > 0) await sleep(PAUSE_MS);
    const look = await lookAtEvent(stores, eventId);
    if (look === undefined) return undefined;
    if (look.snapshot === undefined) throw look.redisFailure;
    const { id, title, fence } = look.event;
    const found = planReconcile({ ...look, stuckAfterSeconds: Infinity });
    const changes = plan === undefined ? found : inBothPlans(plan.changes, found);
    plan = { id, title, fence: String(fence), changes, ok: changes.length === 0 };
    if (plan.ok) break;
  }
  return plan;
}
