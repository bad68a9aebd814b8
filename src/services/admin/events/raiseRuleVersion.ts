import { needsOf, parseRule } from '../../../domain/access/parseRule.js';
import type { SaleEventChanges, StoredSaleEvent } from '../../../stores/mysql/saleEvents.js';

/** What a condition can look at, of what can be changed. */
const lookedAt = ['title', 'priceCents', 'startsAtMs', 'endsAtMs'] as const;

/**
 * Adds to the changes a new version of the rule when the rule looks at the event: what was decided before the edit, and the
 * tickets handed out for it, must not outlive it.
 */
export function raiseRuleVersion(before: StoredSaleEvent, changes: SaleEventChanges): SaleEventChanges {
  if (changes.rule !== undefined || lookedAt.every((name) => changes[name] === undefined)) return changes;
  const verdict = parseRule(before.rule);
  if (!verdict.ok || !needsOf(verdict.rule).has('event')) return changes;
  return { ...changes, ruleVersion: before.ruleVersion + 1 };
}
