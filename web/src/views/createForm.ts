import { LoggedOut, Refused, Unanswered } from '../api/failures.js';
import { h } from '../dom/h.js';
import { setAttribute, setText } from '../dom/set.js';
import { issuesOf, refusalText } from '../text/refusalText.js';
import { texts } from '../text/texts.js';
import type { Field } from './createField.js';

export interface Form {
  element: HTMLElement;
  /** @see View */
  typed(): Readonly<Record<string, string>>;
  fill(typed: Readonly<Record<string, string>>): void;
  focus(): void;
}

/** A form that says what is wrong at the field it is about, and everything else above its button. */
export function createForm(options: {
  title: string;
  fields: readonly Field[];
  other: { text: string; href: string };
  submit: () => Promise<void>;
}): Form {
  const { title, fields } = options;
  const error = h('p', { class: 'form-error', role: 'alert' });
  const button = h('button', { class: 'button primary wide', type: 'submit' }, title);
  const element = h(
    'form',
    { class: 'form', novalidate: true, on: { submit: onSubmit } },
    h('h2', { class: 'heading' }, title),
    ...fields.map((field) => field.element),
    error,
    button,
    h('p', { class: 'other' }, h('a', { href: options.other.href }, options.other.text)),
  );
  let isBusy = false;
  return {
    element,
    typed: () => Object.fromEntries(fields.filter(isKept).map((field) => [field.name, field.value()])),
    fill(typed) {
      for (const field of fields) field.fill(typed[field.name] ?? '');
    },
    focus: () => fields[0]?.focus(),
  };

  function onSubmit(event: SubmitEvent): void {
    event.preventDefault();
    if (isBusy) return;
    setText(error, '');
    const wrong = fields.filter((field) => !field.check());
    if (wrong.length > 0) return wrong[0]!.focus();
    setBusy(true);
    options
      .submit()
      .catch(showFailure)
      .finally(() => setBusy(false));
  }

  function setBusy(busy: boolean): void {
    isBusy = busy;
    setText(button, busy ? texts.account.underWay : title);
    setAttribute(button, 'aria-disabled', busy ? 'true' : undefined);
  }

  function showFailure(failure: unknown): void {
    const isExpected = failure instanceof Refused || failure instanceof Unanswered || failure instanceof LoggedOut;
    if (!isExpected) reportError(failure);
    const issues = failure instanceof Refused ? issuesOf(failure) : new Map<string, string>();
    const wrong = fields.filter(({ name }) => issues.has(name));
    for (const field of wrong) field.showError(issues.get(field.name));
    if (wrong.length === 0) setText(error, refusalText(failure));
    else wrong[0]?.focus();
  }
}

/** A password is written down nowhere. */
function isKept({ name, value }: Field): boolean {
  return name !== 'password' && value() !== '';
}
