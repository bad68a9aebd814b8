import type { StaffClient } from '../client/createStaffClient.js';
import type { CommodityView } from '../domain/wire.js';
import { listAll } from './listAll.js';

/** All commodities, the newest first: a shop has hundreds of them, not millions. */
export async function listCommodities(staff: StaffClient): Promise<CommodityView[]> {
  const { rows } = await listAll(async (page) => {
    const { commodities, next } = await staff.listCommodities(page);
    return { rows: commodities, next };
  }, Number.POSITIVE_INFINITY);
  return rows;
}
