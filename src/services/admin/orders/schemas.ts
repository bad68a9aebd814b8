import { z } from 'zod';
import { idSchema, pageFields } from '../../../http/pageSchema.js';

/** `GET /admin/orders`; its cursor also holds the time of the reservation, in ms. */
export const ordersSchema = z.strictObject({
  ...pageFields,
  cursor: z
    .string()
    .regex(/^[0-9]{1,15}_[0-9A-Z-]{1,64}$/, 'must be the "next" of a page')
    .optional(),
  eventId: idSchema.optional(),
  userId: idSchema.optional(),
  state: z.enum(['pending', 'ordered', 'paid', 'cancelled', 'expired', 'refunded']).optional(),
});
