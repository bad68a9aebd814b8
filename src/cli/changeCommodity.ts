import type { StaffClient } from '../client/createStaffClient.js';
import type { CommodityView } from '../domain/wire.js';
import { auditChangeText } from './auditLog/auditChangeText.js';
import { findCommodity } from './findCommodity.js';
import { listCommodities } from './listCommodities.js';
import type { Output } from './output.js';

export interface CommodityWish {
  name: string | undefined;
  /** Empty for none. */
  description: string | undefined;
  dryRun: boolean;
  out: Output;
}

/** Changes a commodity and says what is another value than before; with `dryRun` only what would be. */
export async function changeCommodity(
  staff: StaffClient,
  idOrName: string,
  { name: newName, description: newDescription, dryRun, out }: CommodityWish,
): Promise<CommodityView & { dryRun: boolean }> {
  const found = findCommodity(await listCommodities(staff), idOrName);
  const before = { name: found.name, description: found.description };
  const after = {
    name: newName?.trim() ?? before.name,
    description: newDescription === undefined ? before.description : newDescription.trim() || null,
  };
  if (before.name === after.name && before.description === after.description) {
    out.info(`Commodity ${found.id} (${found.name}) is as wanted already: nothing was changed.`);
    return { ...found, dryRun };
  }
  if (dryRun) {
    out.info('Nothing was changed. It would be:');
    out.result(auditChangeText({ before, after }));
    return { ...found, dryRun };
  }
  const { commodity } = await staff.changeCommodity(found.id, after);
  out.result(auditChangeText({ before, after }));
  out.success(`Changed commodity ${commodity.id} (${commodity.name}).`);
  return { ...commodity, dryRun };
}
