import { useState } from 'preact/hooks';
import type { StaffView } from '../../../../src/domain/wire.js';
import { Button } from '../../components/Button.js';
import { CommandLine } from '../../components/CommandLine.js';
import { Dialog } from '../../components/Dialog.js';
import { Failure } from '../../components/Failure.js';
import { TextField } from '../../components/TextField.js';
import { useDesk } from '../../desk/useDesk.js';
import { useSubmit } from '../../desk/useSubmit.js';
import { commandLine } from '../../text/commandLine.js';
import { common } from '../../text/common.js';
import { issuesOf } from '../../text/failureText.js';
import { staffTexts } from '../../text/staff.js';

const { reset: texts } = staffTexts;

interface ResetPasswordDialogProps {
  member: StaffView;
  onClose: () => void;
  onChanged: () => void;
}

export function ResetPasswordDialog({ member, onClose, onChanged }: ResetPasswordDialogProps) {
  const { api, say } = useDesk();
  const [password, setPassword] = useState('');
  const { id, username } = member;
  const { isBusy, failure, onSubmit } = useSubmit(async () => {
    await api.resetPassword(id, password);
    say(texts.done(username));
    onChanged();
    onClose();
  });
  return (
    <Dialog title={texts.title(username)} onClose={onClose}>
      <form class="form" onSubmit={onSubmit}>
        <p>{texts.text}</p>
        <TextField
          label={texts.new}
          hint={staffTexts.passwordHint}
          type="password"
          autoComplete="new-password"
          value={password}
          onInput={setPassword}
          error={issuesOf(failure).get('password')}
          isRequired
          lengthMax={128}
        />
        <CommandLine command={commandLine.resetPassword(username)} />
        <Failure failure={failure} />
        <div class="buttons">
          <Button type="submit" kind="danger" isBusy={isBusy}>
            {texts.confirm}
          </Button>
          <Button kind="quiet" onPress={onClose}>
            {common.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
