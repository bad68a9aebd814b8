import type { EventAudit } from '../../../../src/domain/wire.js';
import { Chip } from '../../components/Chip.js';
import { Evidence } from '../../components/Evidence.js';
import { href } from '../../place/place.js';
import { number } from '../../text/format.js';
import { offenderKinds, truthTexts as texts } from '../../text/truth.js';

/** The proof of one event: its sum, and every offender by id. */
export function AuditResult({ audit }: { audit: EventAudit }) {
  const { id, title, available, pending, sold, quantity, oversold, problems, ok } = audit;
  return (
    <article class="audit">
      <h3>
        <a href={href(['events', id])}>{title}</a>{' '}
        <Chip text={ok ? texts.inOrder : texts.notInOrder} tone={ok ? 'good' : 'bad'} />
      </h3>
      <p>{texts.sum(number(available), number(pending), number(sold), number(quantity))}</p>
      {oversold > 0 && <p class="field-error">{texts.oversold(number(oversold))}</p>}
      {offenderKinds
        .filter((kind) => audit[kind].length > 0)
        .map((kind) => (
          <div key={kind}>
            <h4>
              {texts.offenders[kind]} ({number(audit[kind].length)})
            </h4>
            <ul class="ids">
              {audit[kind].map((offender) => (
                <li key={offender}>
                  <a href={href([kind === 'overLimit' ? 'users' : 'orders', offender])}>{offender}</a>
                </li>
              ))}
            </ul>
          </div>
        ))}
      {problems.length > 0 && (
        <>
          <h4>{texts.problems}</h4>
          <ul>
            {problems.map((problem) => (
              <li key={problem}>
                <Evidence text={problem} />
              </li>
            ))}
          </ul>
        </>
      )}
    </article>
  );
}
