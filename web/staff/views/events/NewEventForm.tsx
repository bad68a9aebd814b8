import { useState } from 'preact/hooks';
import type { RuleLink } from '../../../../src/domain/wire.js';
import { Button } from '../../components/Button.js';
import { Failure } from '../../components/Failure.js';
import { useDesk } from '../../desk/useDesk.js';
import { useSubmit } from '../../desk/useSubmit.js';
import { describeDraft } from '../../event/describeField.js';
import { faultsLeft, readEvent, seenByRules, type EventFields, type Faults } from '../../event/eventFields.js';
import { focusFirstFault } from '../../desk/focusFirstFault.js';
import { goTo } from '../../place/place.js';
import { useRuleDraft } from '../../rule/useRuleDraft.js';
import { useTriedIssues } from '../../rule/useTriedIssues.js';
import { commandLine } from '../../text/commandLine.js';
import { eventFormTexts as texts } from '../../text/eventForm.js';
import { issuesOf } from '../../text/failureText.js';
import { ruleTexts } from '../../text/rules.js';
import { RuleBuilder } from '../rules/RuleBuilder.js';
import { RulePreview } from '../rules/RulePreview.js';
import { EventFieldset } from './EventFieldset.js';

/** Everything that an event is made of; the service checks it before one is asked whether to make it. */
export function NewEventForm({ initial, rule }: { initial: EventFields; rule: readonly RuleLink[] }) {
  const desk = useDesk();
  const { api } = desk;
  const [fields, setFields] = useState(initial);
  const [faults, setFaults] = useState<Faults>(new Map());
  const draft = useRuleDraft(rule);
  const tried = useTriedIssues(draft.rule);

  const { isBusy, failure, onSubmit } = useSubmit(async () => {
    const read = readEvent(fields);
    setFaults(read.faults);
    if (read.faults.size > 0) return focusFirstFault();
    const { commodityId } = fields;
    const newCommodity = commodityId === '' ? fields.commodityName.trim() : undefined;
    const event = { ...read.event, rule: draft.rule };
    const checked = await api.checkEvent(commodityId === '' ? event : { ...event, commodityId });
    const hasStarted = Date.parse(checked.event.startsAt) <= desk.live.nowMs();
    desk.ask({
      title: texts.createTitle,
      text: hasStarted ? texts.createStarted : texts.createText,
      changes: describeDraft(checked.event, newCommodity ?? commodityId),
      command: commandLine.createEvent({ ...event, commodityId }, newCommodity),
      confirm: texts.createConfirm,
      async run() {
        const made = await api.createEvent({ ...event, commodityId: await takeCommodity(newCommodity, commodityId) });
        goTo(['events', made.event.id]);
        return texts.created(made.event.title);
      },
    });
  });

  const onChange = (typed: EventFields): void => {
    setFields(typed);
    setFaults(faultsLeft(faults, typed));
  };

  /** A commodity that was made stays, also when the event then could not be: the next try takes it. */
  async function takeCommodity(name: string | undefined, id: string): Promise<string> {
    if (name === undefined) return id;
    const { commodity } = await api.createCommodity({ name });
    setFields({ ...fields, commodityId: commodity.id, commodityName: '' });
    return commodity.id;
  }

  const issues = new Map([...issuesOf(failure), ...faults]);
  return (
    <>
      <form class="form" onSubmit={onSubmit} noValidate>
        <EventFieldset fields={fields} faults={issues} onChange={onChange} />
        <fieldset>
          <legend>{texts.who}</legend>
          <RuleBuilder draft={draft} issues={new Map([...issues, ...tried.issues])} />
        </fieldset>
        <Failure failure={failure} />
        <div class="buttons">
          <Button type="submit" kind="primary" isBusy={isBusy}>
            {texts.create}
          </Button>
        </div>
      </form>
      <section class="panel apart" aria-label={ruleTexts.preview.title}>
        <h2>{ruleTexts.preview.title}</h2>
        <RulePreview
          check={(userId) => api.checkRuleDraft(userId, draft.rule, seenByRules(fields))}
          command={(user) => commandLine.checkRuleDraft(user, draft.rule, seenByRules(fields))}
          note={ruleTexts.preview.draft}
          onIssues={tried.setIssues}
        />
      </section>
    </>
  );
}
