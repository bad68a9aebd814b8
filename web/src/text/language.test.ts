import { describe, expect, test } from '@jest/globals';
import { formatCountdown, formatDays } from './formatCountdown.js';
import { choose, inLanguage } from './language.js';

describe('the language of a page', () => {
  test.each([
    [['zh-TW', 'en'], 'zh'],
    [['fr', 'de', 'zh-Hans-CN', 'en'], 'zh'],
    [['EN-us', 'zh'], 'en'],
    [['fr'], 'en'],
    [[], 'en'],
  ])('is the first of %j that it speaks: %s', (preferred, language) => {
    expect(choose(undefined, preferred).language).toBe(language);
  });

  test('is the one that was chosen by hand, whatever the browser prefers', () => {
    expect(choose('zh', ['en-GB'])).toEqual({ language: 'zh', locale: 'zh-CN' });
    expect(choose('en', ['zh-CN', 'en-GB'])).toEqual({ language: 'en', locale: 'en-GB' });
  });

  test.each([['xx'], [7], [null], [{ language: 'zh' }]])('does not mind that %j was remembered', (remembered) => {
    expect(choose(remembered, ['en-GB'])).toEqual({ language: 'en', locale: 'en-GB' });
  });

  test('is in the countdown where that has words', () => {
    expect(formatCountdown(604_799_000, formatDays.zh)).toBe('6 天 23 小时');
  });

  test('is English outside a page', () => {
    expect(inLanguage({ en: 'hello', zh: '你好' })).toBe('hello');
  });
});
