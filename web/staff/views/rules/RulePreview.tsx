import { useState } from 'preact/hooks';
import { Button } from '../../components/Button.js';
import { CommandLine } from '../../components/CommandLine.js';
import { Failure } from '../../components/Failure.js';
import { TextArea } from '../../components/TextArea.js';
import { useDesk } from '../../desk/useDesk.js';
import { useSubmit } from '../../desk/useSubmit.js';
import { readUserRefs } from '../../rule/userRefs.js';
import { tryUsers, type CheckUser, type Tried } from '../../rule/tryUsers.js';
import { issuesOf } from '../../text/failureText.js';
import { ruleTexts } from '../../text/rules.js';
import { TriedUser } from './TriedUser.js';

const { preview: texts } = ruleTexts;
const USERS_MAX = 20;

interface RulePreviewProps {
  check: CheckUser;
  /** The command that asks about a user. */
  command: (user: string) => string;
  /** What else is to be known of the answers. */
  note?: string;
  /** Told what is wrong with the rule, by its place in it, when it cannot be asked. */
  onIssues: (issues: ReadonlyMap<string, string>) => void;
}

/** What the rule, as it is written now, says of some users, link by link. */
export function RulePreview({ check, command, note, onIssues }: RulePreviewProps) {
  const { api } = useDesk();
  const [users, setUsers] = useState('');
  const [fault, setFault] = useState<string>();
  const [tried, setTried] = useState<readonly Tried[]>([]);
  const { isBusy, failure, onSubmit } = useSubmit(async () => {
    const refs = readUserRefs(users);
    setFault(faultOf(refs));
    if (faultOf(refs) !== undefined) return;
    try {
      setTried(await tryUsers(api, refs, check));
    } catch (error) {
      setTried([]);
      onIssues(issuesOf(error));
      throw error;
    }
  });
  const first = readUserRefs(users);
  return (
    <form class="form" onSubmit={onSubmit}>
      <p class="note">{texts.note}</p>
      {note !== undefined && <p class="note">{note}</p>}
      <TextArea label={texts.users} hint={texts.hint} value={users} onInput={setUsers} error={fault} rows={2} />
      <CommandLine command={command(first.userIds[0] ?? first.phones[0] ?? 'ID')} />
      <Failure failure={failure} />
      <div class="buttons">
        <Button type="submit" isBusy={isBusy}>
          {texts.ask}
        </Button>
      </div>
      <div role="status">
        {tried.length > 0 && (
          <p>
            <strong>{texts.summary(tried.filter(({ check }) => check?.eligible).length, tried.length)}</strong>
          </p>
        )}
        {tried.map((one) => (
          <TriedUser key={one.user} tried={one} />
        ))}
      </div>
    </form>
  );
}

function faultOf({ userIds, phones, wrong }: ReturnType<typeof readUserRefs>): string | undefined {
  if (wrong.length > 0) return texts.wrong(wrong.join(', '));
  if (userIds.length + phones.length === 0) return texts.nobody;
  return userIds.length + phones.length > USERS_MAX ? texts.tooMany : undefined;
}
