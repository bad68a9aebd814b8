import { z } from 'zod';
import { eventIdOfOrder } from '../../../domain/order.js';
import { idSchema, pageFields, timeSchema } from '../../../http/pageSchema.js';

/** `GET /admin/orders`; its cursor also holds the time of the reservation, in ms. */
export const ordersSchema = z.strictObject({
  ...pageFields,
  cursor: z
    .string()
    .regex(/^[0-9]{1,15}_[0-9A-Z-]{1,64}$/, 'must be the "next" of a page')
    .optional(),
  eventId: idSchema.optional(),
  userId: idSchema.optional(),
  /** Reserved at or after, and before. */
  since: timeSchema.optional(),
  until: timeSchema.optional(),
  state: z.enum(['pending', 'ordered', 'paid', 'cancelled', 'expired', 'refunded']).optional(),
});

/** `POST /admin/orders/:id/cancel | refund` */
export const orderEndSchema = z.strictObject({ reason: z.string().trim().min(1).max(255).optional() });

/** Ids in one request: some 50 kB, which is less than a body may have. */
const ORDER_IDS_MAX = 1_000;

/** `POST /admin/orders/find` */
export const orderIdsSchema = z.strictObject({
  ids: z
    .array(z.string().refine((id) => eventIdOfOrder(id) !== undefined, 'must be the id of an order'))
    .min(1)
    .max(ORDER_IDS_MAX),
});
