import type { AuditLogEntry } from '../../../../src/client/answers.js';
import { common } from '../../text/common.js';

/** What was before and after, as it was written down; short at first. */
export function LogChange({ entry: { before, after } }: { entry: AuditLogEntry }) {
  const changed = changedFields(before, after);
  return (
    <details>
      <summary>{changed.join(', ') || common.change}</summary>
      {before !== null && (
        <>
          {common.before}
          <pre>{JSON.stringify(before, null, 1)}</pre>
        </>
      )}
      {after !== null && (
        <>
          {common.after}
          <pre>{JSON.stringify(after, null, 1)}</pre>
        </>
      )}
    </details>
  );
}

function changedFields(before: unknown, after: unknown): string[] {
  const [old, now] = [toFields(before), toFields(after)];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (name) => JSON.stringify(old[name]) !== JSON.stringify(now[name]),
  );
}

function toFields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
