import type { z } from 'zod';
import { Refusal } from '../../../domain/errorCatalogue.js';
import type { Handler } from '../../../http/context.js';
import { idParam } from '../../../http/idParam.js';
import { hasOrders } from '../../../stores/mysql/orders.js';
import { deleteSaleEvent, findSaleEvent } from '../../../stores/mysql/saleEvents.js';
import { isLifeCurrent, readEvent, removeEvent } from '../../../stores/redis/events.js';
import { isHeld } from '../../../stores/redis/isHeld.js';
import type { AdminStores } from '../adminStores.js';
import { presentDeleted } from './presenters.js';
import { recordChange } from '../recordChange.js';
import type { dryRunSchema } from './schemas.js';
import type { Staffed } from '../staffAuth.js';

const RETRY_AFTER_REBUILD_SECONDS = 2;

/**
 * `DELETE /admin/spike/:id`: only an event that never had an order, stored or on its way. It goes from Redis first, under the
 * lock of its row: from then on nobody can reserve a unit, and should MySQL fail after it, the order service's watch brings
 * the event back. With `dryRun` it says whether it could be deleted.
 */
export function createDeleteEvent(stores: AdminStores): Handler<Staffed & { query: z.output<typeof dryRunSchema> }> {
  const { sequelize, redis } = stores;
  return async (ctx) => {
    const eventId = idParam(ctx);
    await recordChange(stores, ctx, async (transaction, record) => {
      const event = await findSaleEvent(sequelize, eventId, { transaction, lock: true });
      if (event === undefined) throw new Refusal('NOT_FOUND');
      if (await hasOrders(sequelize, eventId, transaction)) throw new Refusal('EVENT_HAS_ORDERS');
      await assertStockIsKnown(stores, eventId);
      if (ctx.state.query.dryRun) {
        if (await isHeld(redis, eventId)) throw new Refusal('EVENT_HAS_ORDERS');
        return;
      }
      if ((await removeEvent(redis, eventId)) === 'HELD') throw new Refusal('EVENT_HAS_ORDERS');
      await deleteSaleEvent(sequelize, eventId, transaction);
      const { title, quantity, priceCents } = event;
      await record({
        action: 'event.delete',
        targetType: 'event',
        targetId: eventId,
        before: { title, quantity, priceCents },
      });
    });
    ctx.body = presentDeleted(eventId);
  };
}

/** A Redis that has just lost its memory does not know of orders that are still in the queue. */
async function assertStockIsKnown({ redis }: AdminStores, eventId: string): Promise<void> {
  const { code } = await readEvent(redis, eventId);
  if (code === 'OK' || (code === 'NO_EVENT' && (await isLifeCurrent(redis)))) return;
  throw new Refusal('STOCK_REBUILDING', {}, RETRY_AFTER_REBUILD_SECONDS);
}
