import { reasonText } from '../../../src/text/reasonText.js';
import { Chip } from '../../components/Chip.js';
import { filterTitle } from '../../rule/describeRule.js';
import type { Tried } from '../../rule/tryUsers.js';
import { ruleTexts } from '../../text/rules.js';

const { preview: texts } = ruleTexts;

/** The decision about one user, and what each link says by itself. */
export function TriedUser({ tried: { user, check } }: { tried: Tried }) {
  if (check === undefined) return <p class="tried field-error">{texts.unknown(user)}</p>;
  const steps = [
    { title: texts.account, ...check.account },
    ...check.links.map(({ name, passed, reason }) => ({ title: filterTitle(name), passed, reason })),
  ];
  return (
    <details class="tried" open={!check.eligible}>
      <summary>
        {user} <Chip text={check.eligible ? texts.yes : texts.no} tone={check.eligible ? 'good' : 'bad'} />{' '}
        {check.reason !== null && <span>{reasonText(check.reason)}</span>}
      </summary>
      <ol>
        {steps.map(({ title, passed, reason }, index) => (
          <li key={index}>
            {title}: {passed ? texts.passes : texts.refuses}
            {reason !== null && <span> ({reasonText(reason)})</span>}
          </li>
        ))}
      </ol>
    </details>
  );
}
