import { useEffect } from 'preact/hooks';
import { QuestionDialog } from './components/QuestionDialog.js';
import { useDesk } from './desk/useDesk.js';
import { watchPlace } from './place/place.js';
import { LoginAgain } from './views/login/LoginAgain.js';
import { LoginPage } from './views/login/LoginPage.js';
import { Frame } from './views/frame/Frame.js';

/** A form for who is not logged in; for who is, the frame with the view of the place that the address names. */
export function App() {
  const { session, live } = useDesk();
  const login = session.login.value;
  useEffect(() => watchPlace(), []);
  const username = login?.username;
  useEffect(() => (username === undefined ? undefined : live.start()), [username]);
  if (login === undefined) return <LoginPage />;
  return (
    <>
      <Frame key={login.username} />
      <QuestionDialog />
      {session.isLost.value && <LoginAgain username={login.username} />}
    </>
  );
}
