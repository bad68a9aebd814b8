import { z } from 'zod';
import { eventLimitNames, limitBounds, limitNames, type LimitName } from '../../../domain/limits.js';

const NULL_TAKES_BACK = 'Some of the limits; null takes one back, so that the level below holds.';

/** Some of these limits, each within its bounds; null takes a limit back, so that the level below holds. */
function limitsSchema<Name extends LimitName>(names: readonly Name[]) {
  const shape = Object.fromEntries(names.map((name) => [name, limitSchema(name).nullable().optional()])) as Record<
    Name,
    z.ZodOptional<z.ZodNullable<z.ZodNumber>>
  >;
  return z.strictObject(shape);
}

function limitSchema(name: LimitName): z.ZodNumber {
  const { min, max, isInteger } = limitBounds[name];
  return (isInteger ? z.int() : z.number()).min(min).max(max);
}

/** `PUT /admin/limits` */
export const globalLimitsSchema = limitsSchema(limitNames).meta({ id: 'LimitChanges', description: NULL_TAKES_BACK });

/** `PUT /admin/spike/:id/limits` */
export const eventLimitsSchema = limitsSchema(eventLimitNames).meta({
  id: 'EventLimitChanges',
  description: NULL_TAKES_BACK,
});
