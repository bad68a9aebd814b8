import { pageSchema } from '../../../http/pageSchema.js';
import { query } from '../../../http/validate.js';
import type { AdminDeps } from '../adminDeps.js';
import type { Guards } from '../guards.js';
import { createChangeCommodity } from './changeCommodity.js';
import { createCreateCommodity } from './createCommodity.js';
import { createDeleteCommodity } from './deleteCommodity.js';
import { createListCommodities } from './listCommodities.js';
import { commodityChangeSchema, newCommoditySchema } from './schemas.js';

/** What events sell. */
export function registerCommodityRoutes({ viewer, operator, body }: Guards, { stores }: AdminDeps): void {
  viewer.get('/admin/commodities', query(pageSchema), createListCommodities(stores));
  operator.post('/admin/commodities', body(newCommoditySchema), createCreateCommodity(stores));
  operator.put('/admin/commodities/:id', body(commodityChangeSchema), createChangeCommodity(stores));
  operator.delete('/admin/commodities/:id', createDeleteCommodity(stores));
}
