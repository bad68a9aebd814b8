import { useEffect, useState } from 'preact/hooks';
import type { RuleLink } from '../../../src/domain/wire.js';

type Issues = ReadonlyMap<string, string>;

const none: Issues = new Map();

/** What trying a rule on users has found wrong with it, by its place, until the rule is changed. */
export function useTriedIssues(rule: readonly RuleLink[]) {
  const [issues, setIssues] = useState(none);
  useEffect(() => setIssues(none), [JSON.stringify(rule)]);
  return { issues, setIssues };
}
