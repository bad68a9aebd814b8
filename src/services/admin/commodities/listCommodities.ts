import type { z } from 'zod';
import type { Handler } from '../../../http/context.js';
import { nextCursor, toRange, type pageSchema } from '../../../http/pageSchema.js';
import { listCommodities } from '../../../stores/mysql/commodities.js';
import type { AdminStores } from '../adminStores.js';
import { presentCommodities } from './presenters.js';

/** `GET /admin/commodities`: the newest first. */
export function createListCommodities({ sequelize }: AdminStores): Handler<{ query: z.output<typeof pageSchema> }> {
  return async (ctx) => {
    const page = ctx.state.query;
    const commodities = await listCommodities(sequelize, toRange(page));
    ctx.body = presentCommodities(commodities, nextCursor(commodities, page.limit));
  };
}
