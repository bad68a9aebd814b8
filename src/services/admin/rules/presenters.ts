import { z } from 'zod';
import type { Explanation } from '../../../domain/access/explain.js';
import type { Filter } from '../../../domain/access/filter.js';
import type { FilterView, RuleCheckView } from '../../../domain/wire/rules.js';

const status = 'success';

export function presentFilters(filters: Iterable<Filter>) {
  return { status, filters: [...filters].map(viewFilter) };
}

function viewFilter({ name, description, schema, example }: Filter): FilterView {
  const { $schema: _dialect, ...jsonSchema } = z.toJSONSchema(schema, { io: 'input' });
  return { name, description, schema: jsonSchema, example: { name, rule: example } };
}

export function presentCheck(pair: { eventId: string; userId: string }, { decision, account, links }: Explanation) {
  const { eligible } = decision;
  const refusal = eligible ? { filter: null, reason: null } : { filter: decision.filter, reason: decision.reason };
  return { status, ...pair, eligible, ...refusal, account, links } satisfies RuleCheckView & { status: string };
}
