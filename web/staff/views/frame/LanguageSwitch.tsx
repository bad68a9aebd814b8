import { chooseLanguage, language, languageNames, languages } from '../../../src/text/language.js';
import { common } from '../../text/common.js';

/** The languages, each in its own words. Choosing another one loads the page again. */
export function LanguageSwitch() {
  return (
    <div class="languages" role="group" aria-label={common.language}>
      {languages.map((one) => (
        <button
          key={one}
          type="button"
          lang={one}
          aria-pressed={one === language}
          onClick={() => {
            if (one !== language) chooseLanguage(one);
          }}
        >
          {languageNames[one]}
        </button>
      ))}
    </div>
  );
}
