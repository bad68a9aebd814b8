import type { AuditAnswer, EventAudit } from '../domain/wire.js';
import type { Paint } from './style.js';

/** Offenders named in the text of one kind; `--json` has all of them. */
const OFFENDERS_SHOWN_MAX = 20;

const kinds = [
  ['duplicates', 'counted twice for one ticket'],
  ['overLimit', 'users above their limit'],
  ['lost', 'told yes, and no store has the order'],
  ['stuck', 'pending too long'],
  ['deadLettered', 'in the dead-letter queue'],
] as const satisfies readonly (readonly [keyof EventAudit, string])[];

/** The verdict as a person reads it: the sum of each event, and whoever breaks it, by id. */
export function auditText({ events }: AuditAnswer, paint: Paint): string {
  return events.map((event) => eventText(event, paint)).join('\n');
}

function eventText(event: EventAudit, paint: Paint): string {
  const mark = event.ok ? paint('green', '✓') : paint('red', '✗');
  const [available, pending] = [event.available ?? 'unknown', event.pending ?? 'unknown'];
  const relation = sumHolds(event) ? '=' : '≠';
  const sum = `${event.quantity} ${relation} ${available} available + ${pending} pending + ${event.sold} sold`;
  const lines = [`${mark} ${paint('bold', `Event ${event.id}`)} ${event.title}: ${sum}`];
  if (event.oversold > 0) lines.push(`    ${paint('red', 'oversold')}: ${event.oversold} units beyond the quantity`);
  for (const [kind, meaning] of kinds) {
    const ids = event[kind];
    if (ids.length > 0) lines.push(`    ${paint('red', kind)} (${meaning}): ${offenders(ids)}`);
  }
  for (const problem of event.problems) lines.push(`    ${problem}`);
  return lines.join('\n');
}

function sumHolds({ quantity, available, pending, sold }: EventAudit): boolean {
  return available !== null && pending !== null && quantity === available + pending + sold;
}

function offenders(ids: readonly string[]): string {
  const shown = ids.slice(0, OFFENDERS_SHOWN_MAX).join(', ');
  const more = ids.length - OFFENDERS_SHOWN_MAX;
  return more > 0 ? `${shown} and ${more} more (see --json)` : shown;
}
