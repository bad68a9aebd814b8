/** 499900 → `4,999.00` as this browser writes it. The shop has one currency and does not name it. */
export function formatPrice(cents: number, locale?: string): string {
  return new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(cents / 100);
}
