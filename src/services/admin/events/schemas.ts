import { z } from 'zod';
import { idSchema, pageFields, timeSchema } from '../../../http/pageSchema.js';
import { eventLimitsSchema } from '../limits/schemas.js';

export const QUANTITY_MAX = 10_000_000;
/** Ten thousand million in major units: beyond it a price is a typing error. */
const PRICE_CENTS_MAX = 1_000_000_000_000;
/** As much as one purchase may ask for. */
const PURCHASE_LIMIT_MAX = 1_000;
const PAYMENT_WINDOW_SECONDS_MAX = 30 * 86_400;

/** Null goes back to what holds for all events. */
const limits = eventLimitsSchema;

/** Lower case and no blanks: a key stands in file names, scripts and URLs. */
const key = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'must be 1 to 64 of a-z, 0-9, ".", "_" and "-", the first a letter or a digit')
  .meta({ id: 'EventKey', description: 'A name of your own for the event.', examples: ['lamps-2030'] });

/** What is said about all fields together would be noise beside a field that is wrong by itself. */
const isValidSoFar = ({ issues }: { issues: unknown[] }) => issues.length === 0;

const eventFields = {
  title: z.string().trim().min(1).max(200),
  priceCents: z.int().min(0).max(PRICE_CENTS_MAX).describe('In minor units.'),
  purchaseLimit: z.int().min(1).max(PURCHASE_LIMIT_MAX).describe('Units that one user may hold.'),
  /** Read by `parseRule`, which knows the filters. */
  rule: z
    .unknown()
    .describe('A chain of `{name, rule}`: who may buy. `GET /admin/rules/filters` describes what may stand in it.'),
  startsAt: timeSchema,
  endsAt: timeSchema,
  paymentWindowSeconds: z
    .int()
    .min(1)
    .max(PAYMENT_WINDOW_SECONDS_MAX)
    .describe('Time to pay, after which the units return to the sale.'),
  limits,
};

const newEventFields = {
  ...eventFields,
  key: key.optional(),
  quantity: z.int().min(1).max(QUANTITY_MAX),
  purchaseLimit: eventFields.purchaseLimit.default(1),
  rule: eventFields.rule.default([]),
  paymentWindowSeconds: eventFields.paymentWindowSeconds.default(900),
  limits: eventFields.limits.default({}),
};

const endsAfterStart = {
  path: ['endsAt'],
  error: 'must be after startsAt',
  when: isValidSoFar,
};

/** `POST /admin/spike/add` */
export const newEventSchema = z
  .strictObject({ ...newEventFields, commodityId: idSchema })
  .refine(({ startsAt, endsAt }) => endsAt > startsAt, endsAfterStart)
  .meta({ id: 'NewEvent' });

/** `POST /admin/spike/check`: the commodity may be one that is still to be made. */
export const eventDraftSchema = z
  .strictObject({ ...newEventFields, commodityId: idSchema.optional() })
  .refine(({ startsAt, endsAt }) => endsAt > startsAt, endsAfterStart)
  .meta({ id: 'NewEventDraft' });

const { title, priceCents, quantity, startsAt, endsAt } = newEventFields;

/** What a rule can see of an event that is not made yet: as much of it as has been decided. */
export const seenByRulesSchema = z
  .strictObject({ title, commodityId: idSchema, priceCents, quantity, startsAt, endsAt })
  .partial()
  .refine(({ startsAt, endsAt }) => startsAt === undefined || endsAt === undefined || endsAt > startsAt, endsAfterStart)
  .meta({ id: 'EventSeenByRules' });

/** `GET /admin/spike/all` */
export const eventPageSchema = z.strictObject({ ...pageFields, key: key.optional() });

/** `PUT` and `DELETE /admin/spike/:id`: with `true` nothing is changed, and the answer says what would be. */
export const dryRunSchema = z.strictObject({
  dryRun: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')
    .describe('Only says what would change.'),
});

/** `POST /admin/spike/:id/restock`: units to add (or, below zero, to take), or the quantity that is to be. */
export const restockSchema = z
  .union(
    [
      z.strictObject({
        by: z
          .int()
          .min(-QUANTITY_MAX)
          .max(QUANTITY_MAX)
          .refine((by) => by !== 0)
          .describe('Units to add, or to take when below zero; not 0.'),
      }),
      z.strictObject({ quantity: z.int().min(0).max(QUANTITY_MAX).describe('How many units there are to be.') }),
    ],
    { error: `must be {"by": N}, N not 0, or {"quantity": N}, N from 0 to ${QUANTITY_MAX}` },
  )
  .meta({ id: 'Restock' });

/** `PUT /admin/spike/:id` */
export const eventChangeSchema = z
  .strictObject(eventFields)
  .partial()
  .refine((change) => Object.keys(change).length > 0, {
    error: 'needs at least one field to change',
    when: isValidSoFar,
  })
  .meta({ id: 'EventChange', minProperties: 1 });
