import type { EventDraft } from '../../domain/wire/events.js';
import type { StaffEventView } from '../../domain/wire.js';
import { formatFields, formatPrice, formatTime } from '../format.js';
import type { Output } from '../output.js';

/** What `event create` would do. */
export type PlannedEvent =
  | (Omit<EventDraft, 'commodityId'> & { action: 'create'; commodity: string })
  | (StaffEventView & { action: 'unchanged' });

/** The answer of a dry run under `--json`. */
export interface DryRun {
  dryRun: true;
  events: PlannedEvent[];
}

/** Says what would be made, and that nothing was. */
export function sayPlans(events: PlannedEvent[], newCommodities: readonly string[], out: Output): DryRun {
  const toCreate = events.flatMap((event) => (event.action === 'create' ? [event] : []));
  for (const event of events)
    if (event.action === 'unchanged') out.info(`Event ${event.id} (${event.title}) is as wanted already.`);
  for (const name of newCommodities) out.info(`Commodity ${name} would be created.`);
  if (toCreate.length > 0) out.result(toCreate.map(draftText).join('\n\n'));
  const count = toCreate.length === 1 ? '1 event' : `${toCreate.length} events`;
  out.info(`Nothing was changed. ${count} would be created.`);
  return { dryRun: true, events };
}

function draftText(event: Extract<PlannedEvent, { action: 'create' }>): string {
  return formatFields([
    ['Key', event.key ?? '(made up)'],
    ['Title', event.title],
    ['Commodity', event.commodity],
    ['Price', formatPrice(event.priceCents)],
    ['Quantity', event.quantity],
    ['Limit', `${event.purchaseLimit} per user`],
    ['Starts', formatTime(event.startsAt)],
    ['Ends', formatTime(event.endsAt)],
    ['Pay within', `${event.paymentWindowSeconds} s`],
    ['Rule', event.rule.length === 0 ? 'none: everybody may buy' : JSON.stringify(event.rule)],
    ['Limits', Object.keys(event.limits).length === 0 ? 'none of its own' : JSON.stringify(event.limits)],
  ]);
}
