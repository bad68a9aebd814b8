import { Button } from '../../components/Button.js';
import { Dialog } from '../../components/Dialog.js';
import { useDesk } from '../../desk/useDesk.js';
import { loginTexts } from '../../text/login.js';
import { LoginForm } from './LoginForm.js';

/** Over what somebody was doing when their login ended: behind it, everything stays. */
export function LoginAgain({ username }: { username: string }) {
  const { session } = useDesk();
  return (
    <Dialog title={loginTexts.lostTitle}>
      <p>{loginTexts.lost(username)}</p>
      <LoginForm username={username} />
      <Button kind="quiet" onPress={() => session.logOut()}>
        {loginTexts.someoneElse}
      </Button>
    </Dialog>
  );
}
