import { useState } from 'preact/hooks';
import type { StaffRole } from '../../../../src/domain/staffRole.js';
import { Button } from '../../components/Button.js';
import { CommandLine } from '../../components/CommandLine.js';
import { Failure } from '../../components/Failure.js';
import { TextField } from '../../components/TextField.js';
import { useDesk } from '../../desk/useDesk.js';
import { useSubmit } from '../../desk/useSubmit.js';
import { commandLine } from '../../text/commandLine.js';
import { issuesOf } from '../../text/failureText.js';
import { staffTexts as texts } from '../../text/staff.js';
import { RoleField } from './RoleField.js';

export function NewStaffForm({ onCreated }: { onCreated: () => void }) {
  const { api, say } = useDesk();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [role, setRole] = useState<StaffRole>('viewer');
  const { isBusy, failure, onSubmit } = useSubmit(async () => {
    await api.createAdmin(name.trim(), password, role);
    say(texts.created(name.trim()));
    setName('');
    setPassword('');
    onCreated();
  });
  const issues = issuesOf(failure);
  return (
    <form class="form" onSubmit={onSubmit}>
      <div class="form-grid">
        <TextField
          label={texts.name}
          hint={texts.nameHint}
          value={name}
          onInput={setName}
          error={issues.get('username')}
          isRequired
          lengthMax={64}
        />
        <TextField
          label={texts.reset.new}
          hint={texts.passwordHint}
          type="password"
          autoComplete="new-password"
          value={password}
          onInput={setPassword}
          error={issues.get('password')}
          isRequired
          lengthMax={128}
        />
        <RoleField role={role} onSelect={setRole} />
      </div>
      <CommandLine command={commandLine.createAdmin(name.trim() || 'NAME', role)} />
      <Failure failure={failure} />
      <div class="buttons">
        <Button type="submit" kind="primary" isBusy={isBusy}>
          {texts.create}
        </Button>
      </div>
    </form>
  );
}
