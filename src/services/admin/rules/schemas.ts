import { z } from 'zod';
import { idSchema } from '../../../http/pageSchema.js';

/** `POST /admin/spike/:id/rule/check`: `rule` is a draft, read by `parseRule`; without it the event's own is asked. */
export const checkRuleSchema = z
  .strictObject({
    userId: idSchema,
    rule: z.unknown().optional().describe("A draft; without it the event's own rule is asked."),
  })
  .meta({ id: 'RuleQuestion' });
