import { en, type Texts } from './en.js';
import { inLanguage } from './language.js';
import { zh } from './zh.js';

/** Everything the shop says, in the language of the page. */
export const texts = inLanguage<Texts>({ en, zh });
