import type { LiveEventView } from '../../../../src/domain/wire/live.js';
import { Button } from '../../components/Button.js';
import { Failure } from '../../components/Failure.js';
import { Panel } from '../../components/Panel.js';
import { useDesk } from '../../desk/useDesk.js';
import { useSubmit } from '../../desk/useSubmit.js';
import { describeChange } from '../../event/describeField.js';
import { describeRule } from '../../rule/describeRule.js';
import { useRuleDraft } from '../../rule/useRuleDraft.js';
import { useTriedIssues } from '../../rule/useTriedIssues.js';
import { commandLine } from '../../text/commandLine.js';
import { issuesOf } from '../../text/failureText.js';
import { number } from '../../text/format.js';
import { ruleTexts as texts } from '../../text/rules.js';
import { RuleBuilder } from './RuleBuilder.js';
import { RulePreview } from './RulePreview.js';

/** Who may buy in an event: its rule, a form to change it, and what it says of some users. */
export function RulePanel({ event, onChanged }: { event: LiveEventView; onChanged: () => void }) {
  const desk = useDesk();
  const mayChange = desk.may('operator') && event.state !== 'closed';
  const draft = useRuleDraft(event.rule);
  const rule = mayChange ? draft.rule : event.rule;
  const tried = useTriedIssues(rule);
  const isAsKept = JSON.stringify(rule) === JSON.stringify(event.rule);
  const { isBusy, failure, onSubmit } = useSubmit(async () => {
    const { changes } = await desk.api.planChange(event.id, { rule: draft.rule });
    if (changes.length === 0) return desk.say(texts.same);
    desk.ask({
      title: texts.saveTitle,
      text: texts.saveText,
      changes: changes.map(describeChange),
      command: commandLine.changeEvent(event.id, { rule: draft.rule }),
      confirm: texts.save,
      async run() {
        const answer = await desk.api.changeEvent(event.id, { rule: draft.rule });
        draft.restart(answer.event.rule);
        onChanged();
        return texts.saved;
      },
    });
  });
  return (
    <div class="panels">
      <Panel title={texts.title} note={texts.version(number(event.ruleVersion))}>
        {mayChange ? (
          <form class="form" onSubmit={onSubmit} noValidate>
            <RuleBuilder draft={draft} issues={new Map([...issuesOf(failure), ...tried.issues])} />
            <Failure failure={failure} />
            <div class="buttons">
              <Button type="submit" kind="primary" isBusy={isBusy}>
                {texts.save}
              </Button>
            </div>
          </form>
        ) : (
          <p>{describeRule(event.rule)}</p>
        )}
      </Panel>
      <Panel title={texts.preview.title}>
        <RulePreview
          check={(userId) => desk.api.checkRule(event.id, userId, rule)}
          command={(user) => commandLine.checkRule(event.id, user, isAsKept ? undefined : rule)}
          onIssues={tried.setIssues}
        />
      </Panel>
    </div>
  );
}
