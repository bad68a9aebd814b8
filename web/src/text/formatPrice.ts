import { locale } from './language.js';

const prices = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** 499900 → `4,999.00` as the language of the page writes it. The shop has one currency and does not name it. */
export function formatPrice(cents: number): string {
  return prices.format(cents / 100);
}
