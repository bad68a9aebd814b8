import { useState } from 'preact/hooks';
import { Button } from '../../components/Button.js';
import { Failure } from '../../components/Failure.js';
import { SelectField } from '../../components/SelectField.js';
import { filterTitle } from '../../rule/describeRule.js';
import { move, newLink, type LinkDraft } from '../../rule/ruleDraft.js';
import type { RuleDraft } from '../../rule/useRuleDraft.js';
import { common } from '../../text/common.js';
import { ruleTexts } from '../../text/rules.js';
import { LinkEditor } from './LinkEditor.js';

interface RuleBuilderProps {
  draft: RuleDraft;
  /** What is wrong, by its place in the rule: `[0].rule.age.min`. */
  issues: ReadonlyMap<string, string>;
}

/** A chain of conditions, each made of what the service knows. */
export function RuleBuilder({ draft, issues }: RuleBuilderProps) {
  const { known, links, setLinks } = draft;
  const [chosen, setChosen] = useState('');
  if (known === undefined) return <Failure failure={draft.failure} onRetry={draft.reload} />;
  const replace = (index: number, link: LinkDraft) => setLinks(links.with(index, link));
  const options = known.filters.map(({ name }) => ({ value: name, text: filterTitle(name) }));
  const name = chosen || (options[0]?.value ?? '');
  return (
    <div class="form">
      {links.length === 0 ? <p class="note">{ruleTexts.everybody}</p> : <p class="note">{ruleTexts.note}</p>}
      {links.map((link, index) => (
        <LinkEditor
          key={link.key}
          link={link}
          position={index + 1}
          filter={known.filters.find((filter) => filter.name === link.name)}
          fields={known.fields.get(link.name)}
          issueAt={(place) => issues.get(`[${index}]${place}`) ?? issues.get(`rule[${index}]${place}`)}
          onChange={(changed) => replace(index, changed)}
          onMoveUp={index === 0 ? undefined : () => setLinks(move(links, index, index - 1))}
          onMoveDown={index === links.length - 1 ? undefined : () => setLinks(move(links, index, index + 1))}
          onRemove={() => setLinks(links.filter((other) => other !== link))}
        />
      ))}
      <div class="filters">
        <SelectField label={ruleTexts.add} value={name} options={options} onSelect={setChosen} />
        <Button kind="quiet" onPress={() => setLinks([...links, newLink(links, name, known.fields)])}>
          {common.add}
        </Button>
      </div>
    </div>
  );
}
