import { useState } from 'preact/hooks';
import type { StaffView } from '../../../../src/domain/wire.js';
import { FormDialog } from '../../components/FormDialog.js';
import { TextField } from '../../components/TextField.js';
import { useDesk } from '../../desk/useDesk.js';
import { useSubmit } from '../../desk/useSubmit.js';
import { commandLine } from '../../text/commandLine.js';
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
    <FormDialog
      title={texts.title(username)}
      command={commandLine.resetPassword(username)}
      confirm={texts.confirm}
      isDangerous
      isBusy={isBusy}
      failure={failure}
      onSubmit={onSubmit}
      onClose={onClose}
    >
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
    </FormDialog>
  );
}
