import type { StaffUserView } from '../../../../src/client/answers.js';
import { Button } from '../../components/Button.js';
import { useDesk } from '../../desk/useDesk.js';
import { commandLine } from '../../text/commandLine.js';
import { userTexts as texts } from '../../text/users.js';

interface UserActionsProps {
  user: StaffUserView;
  onChanged: (user: StaffUserView) => void;
}

type How = 'block' | 'deny' | 'unblock';

/** Keeping a user from buying, and letting them again. */
export function UserActions({ user, onChanged }: UserActionsProps) {
  const desk = useDesk();
  if (!desk.may('operator')) return null;
  const isFree = user.blockedAt === null && user.deniedReason === null;
  const calls = {
    block: (reason: string) => desk.api.blockUser(user.id, reason),
    deny: (reason: string) => desk.api.denyUser(user.id, reason),
    unblock: () => desk.api.unblockUser(user.id),
  };
  const ask = (how: How): void =>
    desk.ask({
      title: texts[how].title(user.phone),
      text: texts[how].text,
      command: commandLine.user(how, user.id),
      confirm: texts[how].confirm,
      isDangerous: how !== 'unblock',
      reason: how === 'unblock' ? undefined : 'required',
      async run(reason) {
        onChanged((await calls[how](reason)).user);
        return texts[how].done;
      },
    });
  return (
    <>
      {user.blockedAt === null && (
        <Button kind="danger" onPress={() => ask('block')}>
          {texts.block.label}
        </Button>
      )}
      {isFree && <Button onPress={() => ask('deny')}>{texts.deny.label}</Button>}
      {!isFree && (
        <Button kind="primary" onPress={() => ask('unblock')}>
          {texts.unblock.label}
        </Button>
      )}
    </>
  );
}
