import { z } from 'zod';
import { eventIdOfOrder } from '../../../domain/order.js';
import { idSchema, pageFields, timeSchema } from '../../../http/pageSchema.js';

/** `GET /admin/orders`; its cursor also holds the time of the reservation, in ms. */
export const ordersSchema = z.strictObject({
  ...pageFields,
  cursor: z
    .string()
    .regex(/^[0-9]{1,15}_[0-9A-Z-]{1,64}$/, 'must be the "next" of a page')
    .optional()
    .describe('The `next` of the page before; without it the newest come first.'),
  eventId: idSchema.optional(),
  userId: idSchema.optional(),
  since: timeSchema.optional().describe('Reserved at this time or after it.'),
  until: timeSchema.optional().describe('Reserved before this time.'),
  state: z.enum(['pending', 'ordered', 'paid', 'cancelled', 'expired', 'refunded']).optional(),
});

/** `POST /admin/orders/:id/cancel | refund` */
export const orderEndSchema = z
  .strictObject({ reason: z.string().trim().min(1).max(255).optional() })
  .meta({ id: 'OrderEnd' });

/** Ids in one request: some 50 kB, which is less than a body may have. */
const ORDER_IDS_MAX = 1_000;

/** `POST /admin/orders/find` */
export const orderIdsSchema = z
  .strictObject({
    ids: z
      .array(z.string().refine((id) => eventIdOfOrder(id) !== undefined, 'must be the id of an order'))
      .min(1)
      .max(ORDER_IDS_MAX),
  })
  .meta({ id: 'OrderIds' });
