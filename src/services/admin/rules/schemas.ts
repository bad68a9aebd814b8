import { z } from 'zod';
import { idSchema } from '../../../http/pageSchema.js';
import { seenByRulesSchema } from '../events/schemas.js';

/** `POST /admin/spike/:id/rule/check`: `rule` is a draft, read by `parseRule`; without it the event's own is asked. */
export const checkRuleSchema = z
  .strictObject({
    userId: idSchema,
    rule: z.unknown().optional().describe("A draft; without it the event's own rule is asked."),
  })
  .meta({ id: 'RuleQuestion' });

/** `POST /admin/rules/check`: `rule` is read by `parseRule`. */
export const checkRuleDraftSchema = z
  .strictObject({
    userId: idSchema,
    rule: z
      .unknown()
      .refine((rule) => rule !== undefined, 'is required')
      .describe('A chain of `{name, rule}`, as a new event would have it.'),
    event: seenByRulesSchema
      .default({})
      .describe('The event that is to be made, as far as it is decided: a condition can ask for these fields.'),
  })
  .meta({ id: 'RuleDraftQuestion' });
