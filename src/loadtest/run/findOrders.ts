import type { StaffClient } from '../../client/createStaffClient.js';
import type { FoundOrderState } from '../../domain/wire/orders.js';

/** As many as the route takes. */
const IDS_PER_REQUEST = 1_000;
const REQUESTS_AT_ONCE = 2;

/** Where each of these orders stands, by id. */
export async function findOrders(
  staff: Pick<StaffClient, 'findOrders'>,
  ids: readonly string[],
): Promise<Map<string, FoundOrderState>> {
  const found = new Map<string, FoundOrderState>();
  const chunks = Array.from({ length: Math.ceil(ids.length / IDS_PER_REQUEST) }, (_, index) =>
    ids.slice(index * IDS_PER_REQUEST, (index + 1) * IDS_PER_REQUEST),
  ).values();
  const work = async () => {
    for (const chunk of chunks) for (const order of (await staff.findOrders(chunk)).orders) found.set(order.id, order);
  };
  await Promise.all(Array.from({ length: REQUESTS_AT_ONCE }, work));
  return found;
}
