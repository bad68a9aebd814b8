import { Refusal } from '../../../domain/errorCatalogue.js';
import type { Handler } from '../../../http/context.js';
import { idParam } from '../../../http/idParam.js';
import { deleteCommodity, findEventsOfCommodity, lockCommodity } from '../../../stores/mysql/commodities.js';
import type { AdminStores } from '../adminStores.js';
import { presentDeleted } from './presenters.js';
import { recordChange } from '../recordChange.js';
import type { Staffed } from '../staffAuth.js';

/** `DELETE /admin/commodities/:id`: only one that no event ever sold; the row of a deleted event still names what it sold. */
export function createDeleteCommodity(stores: AdminStores): Handler<Staffed> {
  const { sequelize } = stores;
  return async (ctx) => {
    const commodityId = idParam(ctx);
    await recordChange(stores, ctx, async (transaction, record) => {
      const commodity = await lockCommodity(sequelize, commodityId, transaction);
      if (commodity === undefined) throw new Refusal('NOT_FOUND');
      const { eventIds, deletedCount } = await findEventsOfCommodity(sequelize, commodityId, transaction);
      if (eventIds.length + deletedCount > 0) throw inUse(eventIds, deletedCount);
      await deleteCommodity(sequelize, commodityId, transaction);
      const { name, description } = commodity;
      await record({
        action: 'commodity.delete',
        targetType: 'commodity',
        targetId: commodityId,
        before: { name, description },
      });
    });
    ctx.body = presentDeleted(commodityId);
  };
}

function inUse(eventIds: readonly string[], deletedCount: number): Refusal {
  const reason =
    eventIds.length > 0
      ? `sold by event ${eventIds.join(', ')}`
      : `sold by ${deletedCount} deleted ${deletedCount === 1 ? 'event' : 'events'}, whose records stay`;
  return new Refusal('COMMODITY_IN_USE', { reason, eventIds, deletedEvents: deletedCount });
}
