import { usageError } from './errors.js';

/** `9.99` → 999, `10` → 1000: minor units, worked out on the digits, so that no rounding can happen. */
export function parsePrice(text: string, name: string): number {
  const match = /^(\d{1,13})(?:\.(\d{1,2}))?$/.exec(text);
  if (match !== null) return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  throw usageError(
    `${name}: '${text}' is not a price.`,
    'Give it in whole units with up to two decimals, like 9.99, or in cents: --price-cents 999',
  );
}
