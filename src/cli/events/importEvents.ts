import type { StaffClient } from '../../client/createStaffClient.js';
import { ServiceRefusal } from '../../client/errors.js';
import type { CommodityView, StaffEventView } from '../../domain/wire.js';
import { matchCommodity } from '../findCommodity.js';
import { listCommodities } from '../listCommodities.js';
import type { Output } from '../output.js';
import type { ImportPlan } from './planImport.js';

export type ImportedEvent = StaffEventView & { action: 'created' | 'unchanged' };

/**
 * Makes what the plan says, one event after the other, and says so: who is interrupted and starts again makes only the rest,
 * because the events that have a key are found by it.
 */
export async function importEvents(
  staff: StaffClient,
  plans: readonly ImportPlan[],
  out: Output,
): Promise<ImportedEvent[]> {
  const commodities = await listCommodities(staff);
  const imported: ImportedEvent[] = [];
  for (const plan of plans) {
    if (plan.action === 'unchanged') {
      imported.push({ action: 'unchanged', ...plan.event });
      out.info(`Event ${plan.event.id} (${plan.event.title}) is as wanted already.`);
      continue;
    }
    const { id: commodityId } = await ensureCommodity(staff, commodities, plan.commodity, out);
    const created = await createOrFind(staff, { ...plan.event, commodityId });
    imported.push(created);
    if (created.action === 'created')
      out.success(`Created event ${created.id}: ${created.quantity} × ${created.title}, ${created.state}.`);
    else out.info(`Event ${created.id} (${created.title}) was created by somebody else meanwhile.`);
  }
  return imported;
}

/** Finds a commodity by its id or name among those that are known, or makes it and adds it to them. */
export async function ensureCommodity(
  staff: StaffClient,
  commodities: CommodityView[],
  idOrName: string,
  out: Output,
): Promise<CommodityView> {
  const known = matchCommodity(commodities, idOrName);
  if (known !== undefined) return known;
  const { commodity } = await staff.createCommodity(idOrName);
  commodities.push(commodity);
  out.success(`Created commodity ${commodity.id}: ${commodity.name}.`);
  return commodity;
}

/** Two pipelines may import the same file at once: then one of them finds what the other has made. */
async function createOrFind(
  staff: StaffClient,
  event: Parameters<StaffClient['createEvent']>[0],
): Promise<ImportedEvent> {
  try {
    return { action: 'created', ...(await staff.createEvent(event)).event };
  } catch (error) {
    if (!(error instanceof ServiceRefusal) || error.code !== 'EVENT_EXISTS') throw error;
    return { action: 'unchanged', ...(await staff.showEvent(String(error.answer.eventId))).event };
  }
}
