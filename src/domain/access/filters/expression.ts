import { z } from 'zod';
import { compileExpression, EXPRESSION_LENGTH_MAX, type Program } from '../compileExpression.js';
import type { Facts, Filter } from '../filter.js';

const REASON_LENGTH_MAX = 200;

const schema = z.strictObject({
  expression: z
    .string()
    .max(EXPRESSION_LENGTH_MAX, { abort: true })
    .superRefine((text, context) => {
      const compiled = compileExpression(text);
      if (!compiled.ok) context.addIssue({ code: 'custom', message: compiled.fault });
    }),
  reason: z.string().trim().min(1).max(REASON_LENGTH_MAX).optional(),
});

type ExpressionSettings = z.output<typeof schema>;

/**
 * A condition in CEL. It refuses unless it says `true`: false refuses with the reason that staff gave, and what it cannot
 * decide (it needs a field that the user has not told or an event in the making does not have, it divides by zero) refuses
 * with a reason of its own.
 */
export const expression: Filter<ExpressionSettings> = {
  name: 'expression',
  description:
    'only for users for whom a condition in CEL over user (id, age, workStatus, registeredAt) and event (id, title, ' +
    'commodityId, priceCents, quantity, startsAt, endsAt) is true; reason is what the others are told',
  schema,
  example: {
    expression: 'user.age >= 21 || (user.workStatus == "student" && event.priceCents < 5000)',
    reason: 'only from 21, or for students',
  },
  mainSetting: 'expression',
  needs: (settings) => (programOf(settings)?.readsEvent === true ? ['event'] : []),
  evaluate(settings, facts) {
    const program = programOf(settings);
    if (program === undefined) return UNDECIDED;
    try {
      return program.isTrue(facts) ? undefined : (settings.reason ?? 'you do not meet the condition of this event');
    } catch {
      return whyUndecided(program, facts);
    }
  },
};

const UNDECIDED = 'the condition of this event cannot be decided for you';

/** Undefined for settings that never went through the schema. */
function programOf({ expression: text }: ExpressionSettings) {
  const compiled = compileExpression(text);
  return compiled.ok ? compiled.program : undefined;
}

/** As a rule it is a field that was left empty, and whoever left it can mend that: staff in a draft, the user otherwise. */
function whyUndecided(program: Program, { user, event }: Facts): string {
  const { userFields } = program;
  const missing = program.missingOf(event);
  if (missing.length > 0) return `the condition asks for what is not known of the event yet: ${missing.join(', ')}`;
  if (user.birthDate === null && userFields.has('age')) return 'your date of birth is not known';
  if (user.workStatus === null && userFields.has('workStatus')) return 'your work status is not known';
  return UNDECIDED;
}
