import { useState } from 'preact/hooks';
import { Button } from '../../components/Button.js';
import { Facts } from '../../components/Facts.js';
import { Failure } from '../../components/Failure.js';
import { Page } from '../../components/Page.js';
import { Panel } from '../../components/Panel.js';
import { TextField } from '../../components/TextField.js';
import { useDesk } from '../../desk/useDesk.js';
import { useSubmit } from '../../desk/useSubmit.js';
import { CommandLine } from '../../components/CommandLine.js';
import { common } from '../../text/common.js';
import { loginTexts } from '../../text/login.js';

const { account: texts } = loginTexts;

/** Who one is, and one's own password. */
export function AccountPage() {
  const { session, api, say } = useDesk();
  const [oldPassword, setOld] = useState('');
  const [newPassword, setNew] = useState('');
  const login = session.login.value;
  const { isBusy, failure, onSubmit } = useSubmit(async () => {
    session.take(await api.changeOwnPassword(oldPassword, newPassword));
    setOld('');
    setNew('');
    say(texts.changed);
  });
  if (login === undefined) return null;
  const role = (
    <>
      {common.roles[login.role]} <small>{common.roleNotes[login.role]}</small>
    </>
  );
  return (
    <Page title={texts.title}>
      <div class="panels">
        <Panel title={login.username}>
          <Facts
            facts={[
              [texts.name, login.username],
              [texts.role, role],
            ]}
          />
        </Panel>
        <Panel title={texts.change} note={texts.note}>
          <form class="form" onSubmit={onSubmit}>
            <TextField
              label={texts.old}
              type="password"
              value={oldPassword}
              onInput={setOld}
              autoComplete="current-password"
              lengthMax={128}
              isRequired
            />
            <TextField
              label={texts.new}
              hint={texts.newHint}
              type="password"
              value={newPassword}
              onInput={setNew}
              autoComplete="new-password"
              lengthMax={128}
              isRequired
            />
            <CommandLine command="spikectl admin passwd" />
            <Failure failure={failure} />
            <Button type="submit" kind="primary" isBusy={isBusy}>
              {texts.submit}
            </Button>
          </form>
        </Panel>
      </div>
    </Page>
  );
}
