import type { RuleLink } from '../../../domain/wire.js';
import { requireRule } from '../rules/requireRule.js';

/** @throws Refusal BAD_RULE naming the place of each fault */
export function readRule(input: unknown): RuleLink[] {
  return requireRule(input).links;
}
