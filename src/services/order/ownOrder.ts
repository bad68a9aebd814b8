import { setTimeout as sleep } from 'node:timers/promises';
import type { Sequelize } from 'sequelize';
import { Refusal } from '../../domain/errorCatalogue.js';
import { lookUpOrder, type FoundOrder } from '../../stores/lookUpOrder.js';
import type { StoredOrder } from '../../stores/mysql/orders.js';
import type { RedisStore } from '../../stores/redis/connectRedis.js';

export interface OrderStores {
  sequelize: Sequelize;
  redis: RedisStore;
}

/** A buyer who pays in the same breath as buying waits this long for the order to be stored. */
const STORED_WAIT_MS = 2_000;
const STORED_POLL_MS = 50;

/**
 * The user's own order. That somebody else has an order of this id is nobody's business: it is answered as unknown.
 *
 * @throws Refusal NOT_FOUND
 */
export async function findOwnOrder(stores: OrderStores, orderId: string, userId: string): Promise<FoundOrder> {
  const found = await lookUpOrder(stores, orderId);
  const owner = found && ('stored' in found ? found.stored.userId : found.pending.userId);
  if (found === undefined || owner !== userId) throw new Refusal('NOT_FOUND');
  return found;
}

/**
 * The same, once MySQL has it.
 *
 * @throws Refusal NOT_FOUND, or ORDER_STILL_PENDING when it is not stored in time
 */
export async function findOwnStoredOrder(stores: OrderStores, orderId: string, userId: string): Promise<StoredOrder> {
  const deadlineMs = performance.now() + STORED_WAIT_MS;
  for (;;) {
    const found = await findOwnOrder(stores, orderId, userId);
    if ('stored' in found) return found.stored;
    if (performance.now() >= deadlineMs) throw new Refusal('ORDER_STILL_PENDING', { orderId, state: 'pending' });
    await sleep(STORED_POLL_MS);
  }
}
