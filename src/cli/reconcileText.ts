import type { ReconcileChange, ReconcilePlan } from '../domain/wire.js';
import type { Paint } from './style.js';

/** Ids named in the text of one change; `--json` has all of them. */
const IDS_SHOWN_MAX = 20;

/** What would change, or changed, of one event, as a person reads it. */
export function reconcileText({ id, title, changes }: ReconcilePlan, paint: Paint): string {
  const head = `${paint('bold', `Event ${id}`)} ${title}`;
  if (changes.length === 0) return `${paint('green', '✓')} ${head}: MySQL and Redis agree.`;
  return [`${paint('yellow', '!')} ${head}:`, ...changes.map((change) => `    ${changeText(change)}`)].join('\n');
}

function changeText({ what, before, after, ids }: ReconcileChange): string {
  if (ids.length === 0) return `${what}: ${before} → ${after}`;
  const shown = ids.slice(0, IDS_SHOWN_MAX).join(', ');
  const more = ids.length - IDS_SHOWN_MAX;
  return `${ids.length} ${what}: ${before} → ${after}: ${shown}${more > 0 ? ` and ${more} more (see --json)` : ''}`;
}
