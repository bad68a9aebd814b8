import { z } from 'zod';
import { eventLimitNames } from '../../domain/limits.js';
import type { EventLimits } from '../../domain/saleEvent.js';
import type { StaffEventView } from '../../domain/wire.js';

const limits = Object.fromEntries(eventLimitNames.map((name) => [name, z.number().optional()])) as Record<
  keyof EventLimits,
  z.ZodOptional<z.ZodNumber>
>;

const link = z
  .strictObject({ name: z.string(), rule: z.unknown().optional() })
  .transform(({ name, rule = {} }) => ({ name, rule }));

/**
 * One event as a file describes it. Here only names and types are checked; bounds are the service's, which is asked before
 * anything is made.
 */
export const eventDocumentSchema = z.strictObject({
  key: z.string().optional(),
  title: z.string(),
  /** By its name, or its id. */
  commodity: z.string(),
  priceCents: z.number(),
  quantity: z.number(),
  purchaseLimit: z.number().optional(),
  rule: z.array(link).optional(),
  /** As on the command line: `now`, `+10m` or ISO 8601; a relative end counts from the start. */
  startsAt: z.string().optional(),
  endsAt: z.string().optional(),
  paymentWindowSeconds: z.number().optional(),
  /** The event's own limits alone. */
  limits: z
    .strictObject(limits)
    .transform((own) => own as Partial<EventLimits>)
    .optional(),
});

export type EventDocument = z.output<typeof eventDocumentSchema>;

/** Every name that may stand in a document, for suggestions. */
export const documentNames: readonly string[] = [...Object.keys(eventDocumentSchema.shape), ...eventLimitNames];

/** What `event create --from` takes to make the same event again, here or elsewhere. */
export function toDocument(event: StaffEventView): EventDocument {
  const { key, title, commodity, priceCents, quantity, purchaseLimit, rule } = event;
  const { startsAt, endsAt, paymentWindowSeconds, ownLimits } = event;
  return {
    key,
    title,
    commodity: commodity.name,
    priceCents,
    quantity,
    purchaseLimit,
    rule,
    startsAt,
    endsAt,
    paymentWindowSeconds,
    limits: ownLimits,
  };
}
