import { needsOf, parseRule } from '../../../domain/access/parseRule.js';
import type { StoredSaleEvent } from '../../../stores/mysql/saleEvents.js';

/** Whether the rule of the event looks at its allow list. */
export function asksAllowList({ rule }: Pick<StoredSaleEvent, 'rule'>): boolean {
  const verdict = parseRule(rule);
  return verdict.ok && needsOf(verdict.rule).has('allowList');
}
