import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { Refusal } from '../../../domain/errorCatalogue.js';
import type { Handler } from '../../../http/context.js';
import { idParam } from '../../../http/idParam.js';
import { findCommodity, lockCommodity, updateCommodity } from '../../../stores/mysql/commodities.js';
import type { AdminStores } from '../adminStores.js';
import { presentCommodity } from './presenters.js';
import { recordChange } from '../recordChange.js';
import type { commodityChangeSchema } from './schemas.js';
import type { Staffed } from '../staffAuth.js';

/** `PUT /admin/commodities/:id`: every event that sells it is shown with the new name and description. */
export function createChangeCommodity(
  stores: AdminStores,
): Handler<Staffed & { body: z.output<typeof commodityChangeSchema> }> {
  const { sequelize } = stores;
  return async (ctx) => {
    const commodityId = idParam(ctx);
    const commodity = await recordChange(stores, ctx, async (transaction, record) => {
      const found = await lockCommodity(sequelize, commodityId, transaction);
      if (found === undefined) throw new Refusal('NOT_FOUND');
      const before = { name: found.name, description: found.description };
      const { name = before.name, description = before.description } = ctx.state.body;
      const after = { name, description };
      if (isDeepStrictEqual(before, after)) return found;
      if (!(await updateCommodity(sequelize, commodityId, after, transaction))) throw new Refusal('NAME_TAKEN');
      await record({ action: 'commodity.change', targetType: 'commodity', targetId: commodityId, before, after });
      return (await findCommodity(sequelize, commodityId, transaction))!;
    });
    ctx.body = presentCommodity(commodity);
  };
}
