import { parseRule } from '../../../domain/access/parseRule.js';
import { Refusal } from '../../../domain/errorCatalogue.js';
import type { RuleLink } from '../../../domain/wire.js';

/** @throws Refusal BAD_RULE naming the place of each fault */
export function readRule(input: unknown): RuleLink[] {
  const verdict = parseRule(input);
  if (!verdict.ok) throw new Refusal('BAD_RULE', { issues: verdict.issues });
  return verdict.links;
}
