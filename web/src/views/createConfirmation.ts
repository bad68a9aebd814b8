import { h } from '../dom/h.js';
import { setHidden } from '../dom/set.js';

export interface Confirmation {
  element: HTMLElement;
  isOpen(): boolean;
  ask(): void;
  close(): void;
}

/**
 * A question in the place of the buttons, before something that cannot be taken back. The focus goes to the harmless answer
 * and, when it was given, back to where it came from.
 */
export function createConfirmation(options: {
  question: string;
  yes: string;
  no: string;
  onYes: () => void;
  replaces: HTMLElement;
  returnFocusTo: HTMLElement;
}): Confirmation {
  const question = h('p', {}, options.question);
  const yes = h('button', { class: 'button danger', type: 'button', on: { click: accept } }, options.yes);
  const no = h('button', { class: 'button quiet', type: 'button', on: { click: decline } }, options.no);
  const element = h(
    'div',
    {
      class: 'confirmation',
      role: 'group',
      'aria-label': options.question,
      hidden: true,
      on: { keydown: (event) => event.key === 'Escape' && decline() },
    },
    question,
    h('div', { class: 'buttons' }, yes, no),
  );

  return {
    element,
    isOpen: () => !element.hidden,
    ask() {
      setHidden(options.replaces, true);
      setHidden(element, false);
      no.focus();
    },
    close: () => setHidden(element, true),
  };

  function accept(): void {
    options.onYes();
    setHidden(element, true);
  }

  function decline(): void {
    setHidden(element, true);
    setHidden(options.replaces, false);
    options.returnFocusTo.focus();
  }
}
