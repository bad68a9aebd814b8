import { useEffect } from 'preact/hooks';
import { LanguageSwitch } from '../frame/LanguageSwitch.js';
import { common } from '../../text/common.js';
import { loginTexts } from '../../text/login.js';
import { LoginForm } from './LoginForm.js';

export function LoginPage() {
  useEffect(() => {
    document.title = `${loginTexts.title} · ${common.title}`;
  }, []);
  return (
    <main class="login">
      <div class="login-pitch">
        <img src="/icon.svg" alt="" width="48" height="48" />
        <h1>{common.title}</h1>
        <p>{loginTexts.pitch}</p>
      </div>
      <section class="panel" aria-label={loginTexts.title}>
        <h2>{loginTexts.title}</h2>
        <LoginForm />
      </section>
      <LanguageSwitch />
    </main>
  );
}
