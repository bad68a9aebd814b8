import { pageSchema } from '../../../http/pageSchema.js';
import { query } from '../../../http/validate.js';
import type { AdminDeps } from '../adminDeps.js';
import { dryRunSchema } from '../events/schemas.js';
import type { Guards } from '../guards.js';
import { createChangeAllowList } from './changeAllowList.js';
import { createListAllowed } from './listAllowed.js';
import { allowListSchema } from './schemas.js';

/**
 * The allow lists of the events, which the rule filter `allowlist` asks. Removal is a POST because it needs a body, which a
 * proxy may drop from a DELETE.
 */
export function registerAllowListRoutes({ viewer, operator, body }: Guards, { stores }: AdminDeps): void {
  const change = [query(dryRunSchema), body(allowListSchema)] as const;

  viewer.get('/admin/spike/:id/allow', query(pageSchema), createListAllowed(stores));
  operator.post('/admin/spike/:id/allow', ...change, createChangeAllowList(stores, 'allow'));
  operator.post('/admin/spike/:id/allow/remove', ...change, createChangeAllowList(stores, 'disallow'));
}
