import { useState } from 'preact/hooks';
import { Button } from '../../components/Button.js';
import { Failure } from '../../components/Failure.js';
import { TextField } from '../../components/TextField.js';
import { useDesk } from '../../desk/useDesk.js';
import { useSubmit } from '../../desk/useSubmit.js';
import { common } from '../../text/common.js';
import { loginTexts } from '../../text/login.js';

/** @param props.username when it is known who logs in */
export function LoginForm({ username }: { username?: string }) {
  const { session } = useDesk();
  const [name, setName] = useState(username ?? '');
  const [password, setPassword] = useState('');
  const { isBusy, failure, onSubmit } = useSubmit(() => session.logIn(name.trim(), password));
  return (
    <form class="form" onSubmit={onSubmit}>
      {username === undefined && (
        <TextField
          label={loginTexts.username}
          value={name}
          onInput={setName}
          autoComplete="username"
          lengthMax={64}
          isRequired
          hasFocus
        />
      )}
      <TextField
        label={loginTexts.password}
        type="password"
        value={password}
        onInput={setPassword}
        autoComplete="current-password"
        lengthMax={128}
        isRequired
        hasFocus={username !== undefined}
      />
      <Failure failure={failure} />
      <Button type="submit" kind="primary" isBusy={isBusy}>
        {isBusy ? common.underWay : loginTexts.submit}
      </Button>
    </form>
  );
}
