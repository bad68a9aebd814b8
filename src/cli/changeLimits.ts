import type { StaffClient } from '../client/createStaffClient.js';
import type { LimitChanges } from '../client/staff/limits.js';
import { eventLimitNames, limitNames, viewLimit, type LimitName, type LimitView } from '../domain/limits.js';
import type { LimitsView } from '../domain/wire.js';
import { knownEvent } from './knownEvent.js';
import { assertOfEvents, limitDifferences, scopeText } from './limitFlags.js';
import type { Output } from './output.js';

/** Takes back the named limits, or all that the scope can have when none is named. */
export function resetChanges(named: Partial<Record<LimitName, boolean>>, eventId: string | undefined): LimitChanges {
  const chosen = Object.keys(named) as LimitName[];
  const all: readonly LimitName[] = eventId === undefined ? limitNames : eventLimitNames;
  return Object.fromEntries((chosen.length > 0 ? chosen : all).map((name) => [name, null]));
}

/** Changes limits and says what is different now; with `dryRun` only what would be. */
export async function changeLimits(
  staff: StaffClient,
  eventId: string | undefined,
  changes: LimitChanges,
  { out, dryRun }: { out: Output; dryRun: boolean },
): Promise<LimitsView> {
  assertOfEvents(changes, eventId);
  const known = <Answer>(answer: Promise<Answer>) => (eventId === undefined ? answer : knownEvent(eventId, answer));
  const before = await known(staff.showLimits(eventId));
  const after = dryRun
    ? { ...before, limits: before.limits.map((limit) => withChange(limit, changes[limit.name], eventId)) }
    : await known(staff.changeLimits(eventId, changes));
  const differences = limitDifferences(before, after);
  if (dryRun) out.info('Nothing was changed. It would be:');
  if (differences.length === 0) out.info(`The limits of ${scopeText(eventId)} are as wanted already.`);
  else out.result(differences.join('\n'));
  if (!dryRun && differences.length > 0) out.success(`In force for ${scopeText(eventId)} within a second.`);
  return { scope: after.scope, eventId: after.eventId, limits: after.limits };
}

function withChange(limit: LimitView, change: number | null | undefined, eventId: string | undefined): LimitView {
  if (change === undefined) return limit;
  return viewLimit(eventId === undefined ? { ...limit, global: change } : { ...limit, event: change });
}
