import { h, type Props } from '../dom/h.js';
import { setAttribute, setText } from '../dom/set.js';
import { fieldText } from '../text/refusalText.js';
import { texts } from '../text/texts.js';

export interface Field {
  name: string;
  element: HTMLElement;
  value(): string;
  /** @param message undefined: nothing is wrong with it */
  showError(message: string | undefined): void;
  /**
   * Says what is wrong in the language of the page, where screen readers find it; the browser's own bubble speaks the browser's.
   *
   * @returns whether the browser takes what was typed
   */
  check(): boolean;
  fill(value: string): void;
  focus(): void;
}

let fields = 0;

/** A labelled input with its hint and the place for what is wrong with it. */
export function createField(options: {
  name: string;
  label: string;
  hint?: string;
  input: Props;
  /** What may be chosen instead of typing, and how it is called. */
  suggestions?: Readonly<Record<string, string>>;
  /** Makes it a field whose text can be shown and hidden. */
  revealLabel?: string;
}): Field {
  fields += 1;
  const id = `field-${fields}`;
  const [hintId, errorId, listId] = [`${id}-hint`, `${id}-error`, `${id}-list`];
  const hint = h('p', { id: hintId, class: 'hint' }, options.hint ?? '');
  const error = h('p', { id: errorId, class: 'field-error' });
  const input = h('input', {
    id,
    name: options.name,
    'aria-describedby': options.hint === undefined ? errorId : `${hintId} ${errorId}`,
    ...(options.suggestions === undefined ? {} : { list: listId }),
    ...options.input,
  });
  const suggestions =
    options.suggestions && Object.entries(options.suggestions).map(([value, label]) => h('option', { value, label }));
  const element = h(
    'div',
    { class: 'field' },
    h('label', { for: id }, options.label),
    input,
    ...(suggestions === undefined ? [] : [h('datalist', { id: listId }, ...suggestions)]),
    ...(options.hint === undefined ? [] : [hint]),
    error,
    ...(options.revealLabel === undefined ? [] : [createReveal(input, options.revealLabel)]),
  );
  return {
    name: options.name,
    element,
    // What is typed into a password counts, blanks included.
    value: () => (options.revealLabel === undefined ? input.value.trim() : input.value),
    check() {
      const { valid, valueMissing } = input.validity;
      showError(valid ? undefined : ((valueMissing ? undefined : fieldText(options.name)) ?? texts.fields.required));
      return valid;
    },
    showError,
    fill: (value) => void (input.value = value),
    focus: () => input.focus(),
  };

  function showError(message: string | undefined): void {
    setText(error, message ?? '');
    setAttribute(input, 'aria-invalid', message === undefined ? undefined : 'true');
  }
}

function createReveal(input: HTMLInputElement, label: string): HTMLElement {
  const box = h('input', { type: 'checkbox', on: { change: () => (input.type = box.checked ? 'text' : 'password') } });
  return h('label', { class: 'reveal' }, box, label);
}
