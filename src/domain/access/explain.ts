import { ACCOUNT, refuseAccount, type Decision } from './decide.js';
import type { Facts } from './filter.js';
import type { Rule } from './parseRule.js';

/** What one step says by itself, whatever the others say; `reason` is null when it lets the user pass. */
interface Verdict {
  passed: boolean;
  reason: string | null;
}

export interface Explanation {
  /** The same as `decide` gives. */
  decision: Decision;
  account: Verdict;
  /** In the order of the rule. */
  links: (Verdict & { name: string; settings: unknown })[];
}

/** Asks every link, also behind the first that refuses: for staff, who have to mend what refused. */
export function explain(rule: Rule, facts: Facts): Explanation {
  const account = toVerdict(refuseAccount(facts));
  const links = rule.map(({ filter, settings }) => ({
    name: filter.name,
    settings,
    ...toVerdict(filter.evaluate(settings, facts)),
  }));
  const first = [{ name: ACCOUNT, ...account }, ...links].find(({ passed }) => !passed);
  const decision: Decision =
    first === undefined ? { eligible: true } : { eligible: false, reason: first.reason ?? '', filter: first.name };
  return { decision, account, links };
}

function toVerdict(reason: string | undefined): Verdict {
  return { passed: reason === undefined, reason: reason ?? null };
}
