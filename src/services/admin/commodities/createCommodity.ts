import type { z } from 'zod';
import { Refusal } from '../../../domain/errorCatalogue.js';
import type { Handler } from '../../../http/context.js';
import { findCommodity, insertCommodity } from '../../../stores/mysql/commodities.js';
import type { AdminStores } from '../adminStores.js';
import { presentCommodity } from './presenters.js';
import { recordChange } from '../recordChange.js';
import type { newCommoditySchema } from './schemas.js';
import type { Staffed } from '../staffAuth.js';

/** `POST /admin/commodities` */
export function createCreateCommodity(
  stores: AdminStores,
): Handler<Staffed & { body: z.output<typeof newCommoditySchema> }> {
  const { sequelize } = stores;
  return async (ctx) => {
    const { name, description = null } = ctx.state.body;
    const commodity = await recordChange(stores, ctx, async (transaction, record) => {
      const id = await insertCommodity(sequelize, { name, description }, transaction);
      if (id === undefined) throw new Refusal('NAME_TAKEN');
      await record({
        action: 'commodity.create',
        targetType: 'commodity',
        targetId: id,
        after: { name, description },
      });
      return (await findCommodity(sequelize, id, transaction))!;
    });
    ctx.status = 201;
    ctx.body = presentCommodity(commodity);
  };
}
