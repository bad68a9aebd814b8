import type { NewUser } from '../../../src/client/answers.js';
import type { TokenAnswer } from '../../../src/domain/wire.js';
import { accountApi } from '../api/accountApi.js';
import { h } from '../dom/h.js';
import { setText } from '../dom/set.js';
import type { LoginEnd } from '../session/createSession.js';
import { texts } from '../text/texts.js';
import { createField } from './createField.js';
import { createForm, type Form } from './createForm.js';
import type { View } from './view.js';

const { account, pitch } = texts;

/** The bounds of the user service. */
const PASSWORD_LENGTH_MIN = '8';
const BIRTH_DATE_MIN = '1900-01-01';
/** What people write between digits is let through, and taken out there. */
const PHONE_PATTERN = String.raw`\s*\+?[0-9\s\(\)\.\-]{6,}`;

/** Logging in and registering: two forms, of which the address names one. */
export function createAccountView(options: {
  onLogin: (phone: string, answer: TokenAnswer) => void;
  /** What was typed before the page was loaded again in another language. */
  typed: Readonly<Record<string, string>>;
}): View & { say(why: LoginEnd | undefined): void } {
  const notice = h('p', { class: 'notice', role: 'status' });
  const forms = { login: createLoginForm(options), register: createRegisterForm(options) };
  const place = h('div', {});
  for (const form of Object.values(forms)) form.fill(options.typed);
  let current: Form = forms.login;
  const element = h(
    'div',
    { class: 'account-view' },
    h(
      'div',
      { class: 'pitch' },
      h('h1', {}, pitch.title),
      h('p', {}, pitch.text),
      h('ul', { class: 'points' }, ...pitch.points.map((point) => h('li', {}, point))),
    ),
    h('div', { class: 'panel' }, notice, place),
  );

  return {
    element,
    show(route) {
      current = route === 'register' ? forms.register : forms.login;
      place.replaceChildren(current.element);
      return route === 'register' ? account.register : account.logIn;
    },
    say: (why) => setText(notice, why === undefined ? '' : account.ended[why]),
    focus: () => current.focus(),
    typed: () => ({ ...forms.login.typed(), ...forms.register.typed() }),
    remove: () => undefined,
  };
}

type Options = Parameters<typeof createAccountView>[0];

function createLoginForm({ onLogin }: Options): Form {
  const phone = createField({ name: 'phone', label: account.phone, ...phoneInput });
  const password = createField({
    name: 'password',
    label: account.password,
    input: { type: 'password', autocomplete: 'current-password', required: true },
    revealLabel: account.showPassword,
  });
  return createForm({
    title: account.logIn,
    fields: [phone, password],
    other: { text: account.toRegister, href: '#/register' },
    submit: async () => onLogin(phone.value(), await accountApi.logIn(phone.value(), password.value())),
  });
}

function createRegisterForm({ onLogin }: Options): Form {
  const phone = createField({ name: 'phone', label: account.phone, hint: account.phoneHint, ...phoneInput });
  const password = createField({
    name: 'password',
    label: account.password,
    hint: account.newPasswordHint,
    input: {
      type: 'password',
      autocomplete: 'new-password',
      required: true,
      // Without a longest: browsers cut off what is too long without a word, and the shop says so.
      minlength: PASSWORD_LENGTH_MIN,
    },
    revealLabel: account.showPassword,
  });
  const name = createField({
    name: 'name',
    label: account.name,
    input: { autocomplete: 'name', maxlength: '100', dir: 'auto' },
  });
  const birthDate = createField({
    name: 'birthDate',
    label: account.birthDate,
    input: { type: 'date', autocomplete: 'bday', min: BIRTH_DATE_MIN },
  });
  const workStatus = createField({
    name: 'workStatus',
    label: account.workStatus,
    hint: account.eligibilityHint,
    input: { maxlength: '32', dir: 'auto' },
    suggestions: texts.workStatuses,
  });
  const optional = [name, birthDate, workStatus];
  return createForm({
    title: account.register,
    fields: [phone, password, ...optional],
    other: { text: account.toLogIn, href: '#/login' },
    async submit() {
      const given = optional
        .filter((field) => field.value() !== '')
        .map((field) => [field.name, field.value()] as const);
      const user: NewUser = { phone: phone.value(), password: password.value(), ...Object.fromEntries(given) };
      onLogin(phone.value(), await accountApi.register(user));
    },
  });
}

const phoneInput = {
  input: {
    type: 'tel',
    inputmode: 'tel',
    autocomplete: 'tel',
    required: true,
    maxlength: '40',
    pattern: PHONE_PATTERN,
  },
} as const;
