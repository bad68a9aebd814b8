import { openStore } from '../session/openStore.js';

/** What the pages speak. */
export const languages = ['en', 'zh'] as const;

export type Language = (typeof languages)[number];

/** Each language in its own words, for whoever cannot read the one that is shown. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', zh: '中文' };

const KEY = 'spike.language';
/** In the address: for links to the page in one language, and for browsers that keep nothing. */
const PARAMETER = 'lang';
/** What `lang` says of a page, and how numbers are written where the browser asks for no country of its own. */
const localeDefaults: Readonly<Record<Language, string>> = { en: 'en', zh: 'zh-CN' };

/**
 * The language of the page and how it writes numbers, dates and prices. Both stay as they are until the page is loaded again:
 * so texts are plain constants, and no half of the page can speak another language than the other.
 */
export const { language, locale } = choose(readChosen(), readPreferred());

/** Picks what is said in the language of the page. A text that one language lacks is an error of the compiler. */
export function inLanguage<Texts>(texts: Readonly<Record<Language, Texts>>): Texts {
  return texts[language];
}

/** Tells the browser (and with it screen readers, hyphenation and fonts) what the page speaks. */
export function markLanguage(): void {
  document.documentElement.lang = localeDefaults[language];
}

/** Remembers the choice for all pages of the shop, and loads this one again in it. */
export function chooseLanguage(chosen: Language): void {
  openStore('local').write(KEY, chosen);
  const url = new URL(location.href);
  if (openStore('local').read(KEY) === chosen) url.searchParams.delete(PARAMETER);
  else url.searchParams.set(PARAMETER, chosen);
  history.replaceState(history.state, '', url);
  location.reload();
}

/**
 * @param chosen what somebody chose by hand; it wins
 * @param preferred what the browser asks for, the best first
 */
export function choose(chosen: unknown, preferred: readonly string[]): { language: Language; locale: string } {
  const language =
    languages.find((known) => known === chosen) ??
    preferred.map(languageOf).find((wanted) => wanted !== undefined) ??
    'en';
  const locale = preferred.find((tag) => languageOf(tag) === language) ?? localeDefaults[language];
  return { language, locale };
}

function languageOf(tag: string): Language | undefined {
  return languages.find((known) => tag.toLowerCase().split('-')[0] === known);
}

/** Outside a page, in a test, English is spoken. */
function readChosen(): unknown {
  if (typeof document === 'undefined') return undefined;
  return new URLSearchParams(location.search).get(PARAMETER) ?? openStore('local').read(KEY);
}

function readPreferred(): readonly string[] {
  return typeof document === 'undefined' ? ['en'] : navigator.languages;
}
