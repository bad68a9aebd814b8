import type { RuleLink } from '../../../src/domain/wire.js';
import { ruleTexts } from '../text/rules.js';

/** A rule in a line, as it is shown before and after a change. */
export function describeRule(rule: readonly RuleLink[]): string {
  if (rule.length === 0) return ruleTexts.everybody;
  return rule
    .map(({ name, rule: settings }) => {
      const title = filterTitle(name);
      const text = JSON.stringify(settings);
      return text === '{}' ? title : `${title} ${text}`;
    })
    .join(' → ');
}

export function filterTitle(name: string): string {
  return ruleTexts.filters[name]?.title ?? name;
}
