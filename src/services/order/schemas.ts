import { z } from 'zod';

/** Largest page: a screen of a shopper's orders many times over, and still a few milliseconds of MySQL. */
const PAGE_SIZE_MAX = 100;
const PAGE_SIZE_DEFAULT = 50;

/** `GET /order/all` */
export const listSchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(PAGE_SIZE_MAX).default(PAGE_SIZE_DEFAULT).describe('How many at most.'),
  eventId: z
    .string()
    .regex(/^[1-9][0-9]{0,18}$/, 'must be an id')
    .optional()
    .describe('Only orders in this event.'),
  /** The `next` of the page before: time of the reservation in ms and id of its last order. */
  cursor: z
    .string()
    .regex(/^[0-9]{1,15}_[0-9A-Z-]{1,64}$/, 'must be the "next" of a page')
    .optional()
    .describe('The `next` of the page before; without it the newest come first.'),
});
