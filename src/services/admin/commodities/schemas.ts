import { z } from 'zod';

const name = z.string().trim().min(1).max(200);
const description = z.string().trim().max(5_000);

/** `POST /admin/commodities` */
export const newCommoditySchema = z
  .strictObject({ name, description: description.optional() })
  .meta({ id: 'NewCommodity' });

/** `PUT /admin/commodities/:id`; a description of null is none. */
export const commodityChangeSchema = z
  .strictObject({ name, description: description.nullable() })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'needs at least one field to change')
  .meta({ id: 'CommodityChange', minProperties: 1 });
