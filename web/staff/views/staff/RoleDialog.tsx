import { useState } from 'preact/hooks';
import type { StaffView } from '../../../../src/domain/wire.js';
import { FormDialog } from '../../components/FormDialog.js';
import { useDesk } from '../../desk/useDesk.js';
import { useSubmit } from '../../desk/useSubmit.js';
import { commandLine } from '../../text/commandLine.js';
import { common } from '../../text/common.js';
import { staffTexts as texts } from '../../text/staff.js';
import { RoleField } from './RoleField.js';

interface RoleDialogProps {
  member: StaffView;
  onClose: () => void;
  onChanged: () => void;
}

export function RoleDialog({ member, onClose, onChanged }: RoleDialogProps) {
  const { api, say } = useDesk();
  const [role, setRole] = useState(member.role);
  const { id, username } = member;
  const { isBusy, failure, onSubmit } = useSubmit(async () => {
    if (role === member.role) return say(texts.same);
    await api.changeAdmin(id, { role });
    say(texts.roleDone(username, common.roles[role]));
    onChanged();
    onClose();
  });
  return (
    <FormDialog
      title={texts.roleTitle(username)}
      command={commandLine.changeAdmin(username, { role })}
      confirm={common.save}
      isBusy={isBusy}
      failure={failure}
      onSubmit={onSubmit}
      onClose={onClose}
    >
      <p>{texts.roleText}</p>
      <p>
        {common.roles[member.role]} → <strong>{common.roles[role]}</strong>
      </p>
      <RoleField role={role} onSelect={setRole} />
    </FormDialog>
  );
}
