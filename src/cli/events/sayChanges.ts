import type { FieldChange } from '../../domain/wire/events.js';
import type { StaffEventView } from '../../domain/wire.js';
import type { Output } from '../output.js';
import { changeText } from './changeText.js';

/** Says what of an event is another value than before, or would be. */
export function sayChanges(
  event: StaffEventView,
  changes: readonly FieldChange[],
  { out, dryRun }: { out: Output; dryRun: boolean },
): void {
  if (changes.length === 0) {
    out.info(`Event ${event.id} (${event.title}) is as wanted already: nothing was changed.`);
    return;
  }
  if (dryRun) out.info('Nothing was changed. It would be:');
  out.result(changeText(changes));
  if (changes.some(({ field }) => field === 'rule'))
    out.info(`Tickets that were handed out before ${dryRun ? 'would be' : 'are'} no longer valid.`);
  if (!dryRun) out.success(`Changed event ${event.id} (${event.title}); in force everywhere within a second.`);
}
