import { h } from '../dom/h.js';
import { setHidden, setText } from '../dom/set.js';
import { chooseLanguage, language, languageNames, languages, type Language } from '../text/language.js';
import { texts } from '../text/texts.js';

const { account } = texts;

export interface Header {
  element: HTMLElement;
  /** @param phone of who is logged in; undefined for nobody */
  update(phone: string | undefined): void;
  focusLanguage(): void;
}

/** Who is logged in and the way out, and the way to the other language. */
export function createHeader(options: { onLogOut: () => void; onLanguage: () => void }): Header {
  const whose = h('span', { class: 'phone-label' }, account.loggedInAs);
  const number = h('bdi', {});
  const phone = h('p', { class: 'phone' }, whose, number);
  const choices = languages.filter((other) => other !== language).map(createChoice);
  const logOut = h(
    'button',
    { class: 'button quiet', type: 'button', on: { click: options.onLogOut } },
    account.logOut,
  );
  return {
    element: h('div', { class: 'account' }, phone, ...choices, logOut),
    update(loggedIn) {
      setHidden(phone, loggedIn === undefined);
      setHidden(logOut, loggedIn === undefined);
      setText(number, loggedIn ?? '');
    },
    focusLanguage: () => choices[0]?.focus(),
  };

  /** In its own words, for whoever cannot read those of the page. */
  function createChoice(other: Language): HTMLElement {
    const choice = h('button', { class: 'button quiet language', type: 'button', lang: other }, languageNames[other]);
    choice.addEventListener('click', () => {
      options.onLanguage();
      chooseLanguage(other);
    });
    return choice;
  }
}
