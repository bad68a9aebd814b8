/** A time as `<input type="datetime-local">` has it, in the zone of this browser: `2030-01-31T12:00:05`. */
export function toTimeInput(iso: string): string {
  const date = new Date(iso);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** The moment that is meant, ISO 8601 in UTC; undefined for what is none. */
export function fromTimeInput(text: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/.test(text)) return undefined;
  const ms = new Date(text).getTime();
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

/** A whole number; undefined for what is none. */
export function readWhole(text: string): number | undefined {
  return /^[+-]?\d{1,15}$/.test(text.trim()) ? Number(text) : undefined;
}

/** A number; undefined for what is none. */
export function readNumber(text: string): number | undefined {
  return /^[+-]?\d{1,15}([.,]\d{1,10})?$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : undefined;
}

/** `9.99` or `9,99` → 999; undefined for what is no price. No arithmetic with fractions: it would lose cents. */
export function readCents(text: string): number | undefined {
  const [, whole, , part = ''] = /^(\d{1,13})([.,](\d{1,2}))?$/.exec(text.trim()) ?? [];
  return whole === undefined ? undefined : Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

/** 999 → `9.99`, as it is typed. */
export function toPriceInput(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}
