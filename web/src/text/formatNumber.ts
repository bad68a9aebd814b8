import { locale } from './language.js';

const numbers = new Intl.NumberFormat(locale);

/** 12000 → `12,000` as the language of the page writes it. */
export function formatNumber(value: number): string {
  return numbers.format(value);
}
