import { useState } from 'preact/hooks';
import type { StaffView } from '../../../../src/domain/wire.js';
import { Button } from '../../components/Button.js';
import { useDesk } from '../../desk/useDesk.js';
import { commandLine } from '../../text/commandLine.js';
import { staffTexts as texts } from '../../text/staff.js';
import { ResetPasswordDialog } from './ResetPasswordDialog.js';
import { RoleDialog } from './RoleDialog.js';

/** What an admin can do about somebody else. */
export function StaffActions({ member, onChanged }: { member: StaffView; onChanged: () => void }) {
  const desk = useDesk();
  const [open, setOpen] = useState<'role' | 'password'>();
  const { id, username, disabledAt } = member;
  const askSwitch = (): void => {
    const isDisabled = disabledAt === null;
    const said = isDisabled ? texts.disable : texts.enable;
    desk.ask({
      title: said.title(username),
      text: said.text,
      changes: [
        {
          label: texts.state,
          before: isDisabled ? texts.active : texts.disabled,
          after: isDisabled ? texts.disabled : texts.active,
        },
      ],
      command: commandLine.changeAdmin(username, { disabled: isDisabled }),
      confirm: said.label.replace('…', ''),
      isDangerous: isDisabled,
      async run() {
        await desk.api.changeAdmin(id, { disabled: isDisabled });
        onChanged();
        return said.done(username);
      },
    });
  };
  const close = (): void => setOpen(undefined);
  return (
    <div class="actions">
      <Button kind="quiet" label={`${texts.changeRole} ${username}`} onPress={() => setOpen('role')}>
        {texts.changeRole}
      </Button>
      <Button kind="quiet" label={`${texts.reset.label} ${username}`} onPress={() => setOpen('password')}>
        {texts.reset.label}
      </Button>
      <Button
        kind={disabledAt === null ? 'danger' : 'quiet'}
        label={`${disabledAt === null ? texts.disable.label : texts.enable.label} ${username}`}
        onPress={askSwitch}
      >
        {disabledAt === null ? texts.disable.label : texts.enable.label}
      </Button>
      {open === 'role' && <RoleDialog member={member} onClose={close} onChanged={onChanged} />}
      {open === 'password' && <ResetPasswordDialog member={member} onClose={close} onChanged={onChanged} />}
    </div>
  );
}
