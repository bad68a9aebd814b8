import { useState } from 'preact/hooks';
import { Failure } from '../../components/Failure.js';
import { TextArea } from '../../components/TextArea.js';
import { useDesk } from '../../desk/useDesk.js';
import { useSubmit } from '../../desk/useSubmit.js';
import { readUserRefs } from '../../rule/userRefs.js';
import { allowTexts as texts } from '../../text/allowList.js';
import { commandLine } from '../../text/commandLine.js';
import { number } from '../../text/format.js';

const USERS_MAX = 1_000;

/** Puts users on the list, or takes them off; the service says first what would change. */
export function AllowListForm({ eventId, onChanged }: { eventId: string; onChanged: () => void }) {
  const desk = useDesk();
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string>();
  const { isBusy, failure, onSubmit } = useSubmit(async (event) => {
    const isRemoval = (event as SubmitEvent).submitter?.getAttribute('value') === 'remove';
    const refs = readUserRefs(text);
    const wrong = faultOf(refs);
    setFault(wrong);
    if (wrong !== undefined) return;
    const { userIds, phones } = refs;
    const change = isRemoval ? desk.api.disallowUsers : desk.api.allowUsers;
    const plan = await change(eventId, { userIds, phones }, { dryRun: true });
    const unknown = [...plan.unknown.userIds, ...plan.unknown.phones];
    const notes = [
      texts.text,
      ...(unknown.length > 0 ? [texts.unknown(unknown.join(', '))] : []),
      ...(plan.unchanged > 0 ? [texts.unchanged(number(plan.unchanged))] : []),
    ];
    desk.ask({
      title: isRemoval ? texts.askRemove : texts.askAdd,
      text: notes.join(' '),
      changes: [
        {
          label: texts.onList,
          before: number(isRemoval ? plan.total + plan.changed : plan.total - plan.changed),
          after: number(plan.total),
        },
      ],
      command: commandLine.allowList(eventId, [...userIds, ...phones], isRemoval),
      confirm: isRemoval ? texts.remove.replace('…', '') : texts.add.replace('…', ''),
      async run() {
        const done = await change(eventId, { userIds, phones });
        setText('');
        onChanged();
        return texts.done(number(done.changed), number(done.total));
      },
    });
  });
  return (
    <form class="form" onSubmit={onSubmit}>
      <TextArea label={texts.users} hint={texts.hint} value={text} onInput={setText} error={fault} rows={5} />
      <Failure failure={failure} />
      <div class="buttons">
        <button type="submit" class="button primary" aria-busy={isBusy}>
          {texts.add}
        </button>
        <button type="submit" value="remove" class="button quiet" aria-busy={isBusy}>
          {texts.remove}
        </button>
      </div>
    </form>
  );
}

function faultOf({ userIds, phones, wrong }: ReturnType<typeof readUserRefs>): string | undefined {
  if (wrong.length > 0) return texts.wrong(wrong.join(', '));
  if (userIds.length + phones.length === 0) return texts.nobody;
  return userIds.length + phones.length > USERS_MAX ? texts.tooMany : undefined;
}
