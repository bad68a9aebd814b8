import { z } from 'zod';

/** `POST /admin/commodities` */
export const newCommoditySchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  description: z.string().trim().max(5_000).optional(),
});
