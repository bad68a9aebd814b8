import { useState } from 'preact/hooks';
import type { StaffView } from '../../../../src/domain/wire.js';
import { Button } from '../../components/Button.js';
import { CommandLine } from '../../components/CommandLine.js';
import { Dialog } from '../../components/Dialog.js';
import { Failure } from '../../components/Failure.js';
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
    <Dialog title={texts.roleTitle(username)} onClose={onClose}>
      <form class="form" onSubmit={onSubmit}>
        <p>{texts.roleText}</p>
        <p>
          {common.roles[member.role]} → <strong>{common.roles[role]}</strong>
        </p>
        <RoleField role={role} onSelect={setRole} />
        <CommandLine command={commandLine.changeAdmin(username, { role })} />
        <Failure failure={failure} />
        <div class="buttons">
          <Button type="submit" kind="primary" isBusy={isBusy}>
            {common.save}
          </Button>
          <Button kind="quiet" onPress={onClose}>
            {common.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
