import { parseRule, type RuleVerdict } from '../../../domain/access/parseRule.js';
import { Refusal } from '../../../domain/errorCatalogue.js';

/** @throws Refusal BAD_RULE naming the place of each fault */
export function requireRule(input: unknown): RuleVerdict & { ok: true } {
  const verdict = parseRule(input);
  if (!verdict.ok) throw new Refusal('BAD_RULE', { issues: verdict.issues });
  return verdict;
}
