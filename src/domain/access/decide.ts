import type { Facts } from './filter.js';
import type { Rule } from './parseRule.js';

export type Decision = { eligible: true } | { eligible: false; reason: string; filter: string };

/** What decides about users before any rule does, as it appears in `filter`. */
export const ACCOUNT = 'account';

/** May this user buy? A blocked account never; otherwise the first link that refuses gives the reason. */
export function decide(rule: Rule, facts: Facts): Decision {
  const refusal = refuseAccount(facts);
  if (refusal !== undefined) return { eligible: false, reason: refusal, filter: ACCOUNT };
  for (const { filter, settings } of rule) {
    const reason = filter.evaluate(settings, facts);
    if (reason !== undefined) return { eligible: false, reason, filter: filter.name };
  }
  return { eligible: true };
}

/** @returns why no rule is even asked; undefined for an account that may buy */
export function refuseAccount({ user }: Pick<Facts, 'user'>): string | undefined {
  return user.isBlocked ? 'your account is blocked' : undefined;
}
