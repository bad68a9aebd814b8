import { z } from 'zod';
import type { Explanation } from '../../../domain/access/explain.js';
import type { Filter } from '../../../domain/access/filter.js';
import type { FilterView, RuleCheckView, RuleDraftCheckView, RuleVerdictView } from '../../../domain/wire/rules.js';

const status = 'success';

export function presentFilters(filters: Iterable<Filter>) {
  return { status, filters: [...filters].map(viewFilter) };
}

function viewFilter({ name, description, schema, example }: Filter): FilterView {
  const { $schema: _dialect, ...jsonSchema } = z.toJSONSchema(schema, { io: 'input' });
  return { name, description, schema: jsonSchema, example: { name, rule: example } };
}

export function presentCheck({ eventId, userId }: { eventId: string; userId: string }, explanation: Explanation) {
  return { status, eventId, ...viewVerdict(userId, explanation) } satisfies RuleCheckView & { status: string };
}

export function presentDraftCheck(userId: string, explanation: Explanation) {
  return { status, eventId: null, ...viewVerdict(userId, explanation) } satisfies RuleDraftCheckView & {
    status: string;
  };
}

function viewVerdict(userId: string, { decision, account, links }: Explanation): RuleVerdictView {
  const { eligible } = decision;
  const refusal = eligible ? { filter: null, reason: null } : { filter: decision.filter, reason: decision.reason };
  return { userId, eligible, ...refusal, account, links };
}
