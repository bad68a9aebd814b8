import { LoggedOut, Refused, Unanswered } from '../api/failures.js';
import { h } from '../dom/h.js';
import { setAttribute, setText } from '../dom/set.js';
import { issuesOf, refusalText } from '../text/refusalText.js';
import { texts } from '../text/texts.js';
import type { Field } from './createField.js';

export interface Form {
  element: HTMLElement;
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
    { class: 'form', on: { submit: onSubmit } },
    h('h2', { class: 'heading' }, title),
    ...fields.map((field) => field.element),
    error,
    button,
    h('p', { class: 'other' }, h('a', { href: options.other.href }, options.other.text)),
  );
  let isBusy = false;
  return { element, focus: () => fields[0]?.focus() };

  function onSubmit(event: SubmitEvent): void {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    for (const field of fields) field.showError(undefined);
    setText(error, '');
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
