import type { StoredAuditRecord } from '../../../stores/mysql/auditLog.js';

/** What fits into a line beside who did what. */
const LENGTH_MAX = 60;

/** The fields of an audit record that have another value now, in a few words; null when they are not short. */
export function describeChange({ before, after }: Pick<StoredAuditRecord, 'before' | 'after'>): string | null {
  const [old, now] = [toFields(before), toFields(after)];
  const parts = Object.entries(now).flatMap(([name, value]) => {
    if (!isShort(value) || value === old[name]) return [];
    return isShort(old[name]) ? [`${name} ${text(old[name])} → ${text(value)}`] : [`${name} ${text(value)}`];
  });
  const whole = parts.join(', ');
  if (whole === '') return null;
  return whole.length <= LENGTH_MAX ? whole : `${whole.slice(0, LENGTH_MAX - 1)}…`;
}

function toFields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function isShort(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function text(value: string | number | boolean): string {
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}
