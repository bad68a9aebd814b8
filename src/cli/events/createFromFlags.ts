import type { NewEvent } from '../../client/answers.js';
import type { StaffClient } from '../../client/createStaffClient.js';
import { ServiceRefusal } from '../../client/errors.js';
import type { StaffEventView } from '../../domain/wire.js';
import { CliError } from '../errors.js';
import { findCommodity, matchCommodity } from '../findCommodity.js';
import { listCommodities } from '../listCommodities.js';
import type { Output } from '../output.js';
import { ensureCommodity } from './importEvents.js';
import { sayPlans, type DryRun } from './sayPlans.js';

export interface CreateOptions {
  /** As typed: its id or its name. */
  commodity: string;
  createCommodity: boolean;
  dryRun: boolean;
  out: Output;
}

/** Makes the one event that the flags describe; in a dry run says what it would be. */
export async function createFromFlags(
  staff: StaffClient,
  event: Omit<NewEvent, 'commodityId'>,
  { commodity: typed, createCommodity, dryRun, out }: CreateOptions,
): Promise<StaffEventView | DryRun> {
  const commodities = await listCommodities(staff);
  const known = createCommodity ? matchCommodity(commodities, typed) : findCommodity(commodities, typed);
  if (dryRun) {
    const { event: draft } = await staff.checkEvent({ ...event, ...(known && { commodityId: known.id }) });
    const { commodityId: _same, ...planned } = draft;
    return sayPlans([{ action: 'create', commodity: known?.name ?? typed, ...planned }], known ? [] : [typed], out);
  }
  const { id: commodityId } = known ?? (await ensureCommodity(staff, commodities, typed, out));
  const { event: created } = await staff.createEvent({ ...event, commodityId }).catch(sayWhoHasTheKey);
  out.success(`Created event ${created.id}: ${created.quantity} × ${created.title}, ${created.state}.`);
  out.result(created.id);
  out.info(`See it: spikectl event show ${created.id}\nStop it: spikectl event pause ${created.id}`);
  return created;
}

function sayWhoHasTheKey(error: unknown): never {
  if (!(error instanceof ServiceRefusal) || error.code !== 'EVENT_EXISTS') throw error;
  const id = String(error.answer.eventId);
  throw new CliError('EVENT_EXISTS', `Event ${id} has this key already.`, {
    suggestions: [`spikectl event show ${id}`],
    cause: error,
  });
}
