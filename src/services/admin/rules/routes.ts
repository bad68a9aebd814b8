import type { AdminDeps } from '../adminDeps.js';
import type { Guards } from '../guards.js';
import { createCheckRule } from './checkRule.js';
import { createCheckRuleDraft } from './checkRuleDraft.js';
import { createListFilters } from './listFilters.js';
import { checkRuleDraftSchema, checkRuleSchema } from './schemas.js';

/** What rules are made of, and what they say. */
export function registerRuleRoutes({ viewer, body }: Guards, { stores }: AdminDeps): void {
  viewer.get('/admin/rules/filters', createListFilters());
  viewer.post('/admin/rules/check', body(checkRuleDraftSchema), createCheckRuleDraft(stores));
  viewer.post('/admin/spike/:id/rule/check', body(checkRuleSchema), createCheckRule(stores));
}
