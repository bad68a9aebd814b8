import type { Transaction } from 'sequelize';
import { Refusal } from '../../../domain/errorCatalogue.js';
import type { Handler } from '../../../http/context.js';
import { idParam } from '../../../http/idParam.js';
import { isRefused } from '../../../stores/mysql/isRefused.js';
import { recountEvent, type Recount } from '../../../stores/mysql/recountEvent.js';
import { findSaleEvent } from '../../../stores/mysql/saleEvents.js';
import { planEventReconcile } from '../../../stores/planEventReconcile.js';
import type { QueueReader } from '../../../stores/rabbitmq/createQueueReader.js';
import { topology } from '../../../stores/rabbitmq/topology.js';
import { voidEvent } from '../../../stores/redis/events.js';
import type { AdminStores } from '../adminStores.js';
import { recordChange } from '../recordChange.js';
import type { Staffed } from '../staffAuth.js';
import { presentPlan } from './presenters.js';

/** Ids of one change that the audit log keeps; `audit` and the answer name them all. */
const RECORDED_IDS_MAX = 20;

/**
 * `POST /admin/spike/:id/reconcile`: counts anew what MySQL derives from its orders, then declares the stock in Redis void.
 * From that moment purchases of the event answer 503, and the order service drains the queue, builds the stock from MySQL and
 * `pending` as a new life with a higher fence, and sells again: it does the same whenever Redis lost its memory, so there is
 * one way to rebuild, and it goes on whatever happens to whoever asked for it. A second call does the same once more.
 *
 * Answers as soon as it is begun, with what was found: it is done when the event's fence is above the one in the answer.
 */
export function createReconcileEvent(stores: AdminStores, queues: QueueReader): Handler<Staffed> {
  const { sequelize, redis } = stores;
  return async (ctx) => {
    const eventId = idParam(ctx);
    const plan = await planEventReconcile(stores, eventId);
    if (plan === undefined) throw new Refusal('NOT_FOUND');
    await assertConsumed(queues);
    await recordChange(stores, ctx, async (transaction, record) => {
      if ((await findSaleEvent(sequelize, eventId, { transaction, lock: true })) === undefined)
        throw new Refusal('NOT_FOUND');
      const { soldBefore, soldAfter, users } = await recount(stores, eventId, transaction);
      await record({
        action: 'event.reconcile',
        targetType: 'event',
        targetId: eventId,
        before: { sold: soldBefore, fence: plan.fence },
        after: {
          sold: soldAfter,
          usersRecounted: users,
          changes: plan.changes.map((change) => ({ ...change, ids: change.ids.slice(0, RECORDED_IDS_MAX) })),
        },
      });
    });
    await voidEvent(redis, eventId);
    ctx.status = 202;
    ctx.body = presentPlan(plan);
  };
}

/** Without anybody to drain the queue and rebuild, the sale would stand still. */
async function assertConsumed(queues: QueueReader): Promise<void> {
  const depths = await queues.read();
  if (!depths.some(({ name, consumers }) => name === topology.queue && consumers > 0)) throw new Refusal('NO_CONSUMER');
}

async function recount({ sequelize }: AdminStores, eventId: string, transaction: Transaction): Promise<Recount> {
  try {
    return await recountEvent(sequelize, eventId, transaction);
  } catch (error) {
    if (isRefused(error)) throw new Refusal('EVENT_OVERSOLD', { eventId });
    throw error;
  }
}
