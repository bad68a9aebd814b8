import type { Transaction } from 'sequelize';
import { Refusal } from '../../../domain/errorCatalogue.js';
import type { Ctx } from '../../../http/context.js';
import {
  findSaleEvent,
  updateSaleEvent,
  type SaleEventChanges,
  type StoredSaleEvent,
} from '../../../stores/mysql/saleEvents.js';
import { updateEventFields } from '../../../stores/redis/events.js';
import type { AdminStores } from '../adminStores.js';
import { recordChange } from '../recordChange.js';
import type { Staffed } from '../staffAuth.js';

export interface EventUpdate {
  eventId: string;
  /** For the audit log: `event.pause`, … */
  action: string;
  /**
   * What to change of the event as it is now. Nothing: it is as wanted already. Under the lock of its row, and in the
   * transaction, so that what belongs to the event in other tables can be changed with it.
   *
   * @throws Refusal when it may not be changed
   */
  changesOf(event: StoredSaleEvent, transaction: Transaction): SaleEventChanges | Promise<SaleEventChanges>;
  /** What was changed in other tables, for the audit log; undefined when nothing was. */
  beside?(): { before?: object; after?: object } | undefined;
}

/**
 * Changes an event in MySQL and brings the change to Redis, where it takes effect.
 *
 * Redis is written inside the transaction, under the lock of the event's row and as its last act: so two changes arrive
 * there in the order in which they were made, and with Redis away nothing changes at all. Should the commit itself fail,
 * Redis is set back to what MySQL has.
 */
export async function updateEvent(
  stores: AdminStores,
  ctx: Ctx<Staffed>,
  { eventId, action, changesOf, beside }: EventUpdate,
): Promise<StoredSaleEvent> {
  const { sequelize, redis, log } = stores;
  let isInRedis = false;
  try {
    return await recordChange(stores, ctx, async (transaction, record) => {
      const before = await findSaleEvent(sequelize, eventId, { transaction, lock: true });
      if (before === undefined) throw new Refusal('NOT_FOUND');
      const changes = await changesOf(before, transaction);
      const others = beside?.();
      if (Object.keys(changes).length === 0 && others === undefined) {
        // Also then: the answer to an earlier change may have been lost on the way back from Redis.
        await updateEventFields(redis, before);
        return before;
      }
      await updateSaleEvent(sequelize, eventId, changes, transaction);
      const after = (await findSaleEvent(sequelize, eventId, { transaction }))!;
      const names = Object.keys(changes) as (keyof SaleEventChanges)[];
      await record({
        action,
        targetType: 'event',
        targetId: eventId,
        before: { ...pick(before, names), ...others?.before },
        after: { ...pick(after, names), ...others?.after },
      });
      isInRedis = true;
      await updateEventFields(redis, after);
      return after;
    });
  } catch (error) {
    if (isInRedis)
      await setBack(stores, eventId).catch((again: unknown) => log.error({ err: again, eventId }, SET_BACK));
    throw error;
  }
}

const SET_BACK = 'an event may differ in Redis: change it once more';

async function setBack({ sequelize, redis }: AdminStores, eventId: string): Promise<void> {
  await sequelize.transaction(async (transaction) => {
    const event = await findSaleEvent(sequelize, eventId, { transaction, lock: true });
    if (event !== undefined) await updateEventFields(redis, event);
  });
}

function pick(event: StoredSaleEvent, names: readonly (keyof SaleEventChanges)[]) {
  return Object.fromEntries(names.map((name) => [name, event[name]]));
}
