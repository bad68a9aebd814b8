import type { AllowListChangeView } from '../../domain/wire/rules.js';
import { formatFields } from '../format.js';
import type { Output } from '../output.js';

/** Users who do not exist that a text names; under `--json` they are all there. */
const UNKNOWN_SHOWN_MAX = 20;

/** Says what became of the list, who does not exist, and whether the rule asks the list at all. */
export function sayAllowListChange(
  { eventId, changed, unchanged, unknown, total, inRule }: AllowListChangeView,
  { remove, dryRun, out }: { remove: boolean; dryRun: boolean; out: Output },
): void {
  if (dryRun) out.info('Nothing was changed. It would be:');
  const strangers = [...unknown.userIds, ...unknown.phones];
  out.result(
    formatFields([
      [remove ? 'Taken off' : 'Put on', changed],
      [remove ? 'Not on it' : 'On it already', unchanged],
      ['Unknown', strangers.length],
      ['On the list', total],
    ]),
  );
  if (strangers.length > 0) {
    const more = strangers.length - UNKNOWN_SHOWN_MAX;
    const rest = more > 0 ? ` and ${more} more (--json names them all)` : '';
    out.warn(`There are no such users: ${strangers.slice(0, UNKNOWN_SHOWN_MAX).join(', ')}${rest}.`);
  }
  if (!inRule) out.warn(`The rule of event ${eventId} does not ask the list: it has no {"name":"allowlist"}.`);
  else if (!dryRun && changed > 0)
    out.success(`In force for event ${eventId}; tickets from before are no longer valid.`);
}
