import { useState } from 'preact/hooks';
import type { NewUser } from '../../../../src/client/answers.js';
import { Button } from '../../components/Button.js';
import { CommandLine } from '../../components/CommandLine.js';
import { Failure } from '../../components/Failure.js';
import { Page } from '../../components/Page.js';
import { Panel } from '../../components/Panel.js';
import { TextField } from '../../components/TextField.js';
import { focusFirstFault } from '../../desk/focusFirstFault.js';
import { useDesk } from '../../desk/useDesk.js';
import { useSubmit } from '../../desk/useSubmit.js';
import { goTo } from '../../place/place.js';
import { commandLine } from '../../text/commandLine.js';
import { common } from '../../text/common.js';
import { issuesOf } from '../../text/failureText.js';
import { userTexts as texts } from '../../text/users.js';

const optional = ['name', 'birthDate', 'workStatus', 'nationalId'] as const;
const empty = { phone: '', password: '', name: '', birthDate: '', workStatus: '', nationalId: '' };

/** An account that staff make for a shopper. */
export function NewUserPage() {
  const { api, say } = useDesk();
  const [typed, setTyped] = useState(empty);
  const given = optional.filter((name) => typed[name].trim() !== '').map((name) => [name, typed[name].trim()] as const);
  const others: Partial<NewUser> = Object.fromEntries(given);
  const user: NewUser = { phone: typed.phone.trim(), password: typed.password, ...others };
  const { isBusy, failure, onSubmit } = useSubmit(async () => {
    try {
      const made = (await api.createUser(user)).user;
      say(texts.created(made.phone));
      goTo(['users', made.id]);
    } finally {
      focusFirstFault();
    }
  });
  const issues = issuesOf(failure);
  const input = (name: keyof typeof empty) => ({
    value: typed[name],
    error: issues.get(name),
    onInput: (value: string) => setTyped({ ...typed, [name]: value }),
  });
  const label = (name: (typeof optional)[number]) => `${texts[name]} ${common.optional}`;
  return (
    <Page title={texts.new}>
      <Panel title={texts.user}>
        <form class="form" onSubmit={onSubmit}>
          <div class="form-grid">
            <TextField label={texts.phone} type="tel" {...input('phone')} isRequired lengthMax={40} />
            <TextField
              label={texts.password}
              hint={texts.passwordHint}
              type="password"
              {...input('password')}
              autoComplete="new-password"
              isRequired
              lengthMax={128}
            />
            <TextField label={label('name')} {...input('name')} lengthMax={100} />
            <TextField label={label('birthDate')} type="date" {...input('birthDate')} />
            <TextField label={label('workStatus')} {...input('workStatus')} lengthMax={32} />
            <TextField
              label={label('nationalId')}
              hint={texts.nationalIdNote}
              {...input('nationalId')}
              lengthMax={64}
            />
          </div>
          <CommandLine command={commandLine.createUser(user)} />
          <Failure failure={failure} />
          <div class="buttons">
            <Button type="submit" kind="primary" isBusy={isBusy}>
              {texts.create}
            </Button>
          </div>
        </form>
      </Panel>
    </Page>
  );
}
