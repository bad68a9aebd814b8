import { locale as pageLocale } from './language.js';

/** 499900 → `4,999.00` as the language of the page writes it. The shop has one currency and does not name it. */
export function formatPrice(cents: number, locale = pageLocale): string {
  return new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(cents / 100);
}
