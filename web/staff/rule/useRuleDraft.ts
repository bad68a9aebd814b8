import { useEffect, useState } from 'preact/hooks';
import type { RuleLink } from '../../../src/domain/wire.js';
import { toDrafts, toRule, type LinkDraft } from './ruleDraft.js';
import { useFilters } from './useFilters.js';

/** A rule that is being written, from the one that there is. */
export function useRuleDraft(initial: readonly RuleLink[]) {
  const { known, failure, reload } = useFilters();
  const [links, setLinks] = useState<readonly LinkDraft[]>();
  useEffect(() => {
    if (known !== undefined && links === undefined) setLinks(toDrafts(initial, known.fields));
  }, [known]);
  return {
    known,
    failure,
    reload,
    links: links ?? [],
    setLinks,
    /** What would be sent now. */
    rule: known === undefined || links === undefined ? [...initial] : toRule(links, known.fields),
    /** Begins anew with what the service has kept. */
    restart: (rule: readonly RuleLink[]) => setLinks(known === undefined ? undefined : toDrafts(rule, known.fields)),
  };
}

export type RuleDraft = ReturnType<typeof useRuleDraft>;
