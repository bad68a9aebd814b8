import type { StaffClient } from '../../client/createStaffClient.js';
import { matchCommodity } from '../findCommodity.js';
import { listCommodities } from '../listCommodities.js';
import { importEvents, type ImportedEvent } from './importEvents.js';
import type { CreateOptions } from './createFromFlags.js';
import { planImport, type ImportPlan } from './planImport.js';
import { nameOf, type PlacedDocument } from './readEventDocuments.js';
import { sayPlans, type DryRun, type PlannedEvent } from './sayPlans.js';

/** Makes the events that a file describes, unless they are there; in a dry run says which would be made. */
export async function createFromFile(
  staff: StaffClient,
  documents: readonly PlacedDocument[],
  { from, createCommodity, dryRun, out }: Omit<CreateOptions, 'commodity'> & { from: string },
): Promise<{ events: ImportedEvent[] } | DryRun> {
  const plans = await planImport(staff, documents, { file: nameOf(from), createCommodity });
  if (dryRun) {
    const commodities = await listCommodities(staff);
    const names = plans.flatMap((plan) => (plan.action === 'create' ? [plan.commodity] : []));
    const missing = new Set(names.filter((name) => matchCommodity(commodities, name) === undefined));
    return sayPlans(plans.map(toPlanned), [...missing], out);
  }
  const events = await importEvents(staff, plans, out);
  out.result(events.map(({ id }) => id).join('\n'));
  return { events };
}

function toPlanned(plan: ImportPlan): PlannedEvent {
  if (plan.action === 'unchanged') return { action: 'unchanged', ...plan.event };
  const { commodityId: _same, ...draft } = plan.draft;
  return { action: 'create', commodity: plan.commodity, ...draft };
}
