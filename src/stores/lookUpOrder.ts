import type { Sequelize } from 'sequelize';
import type { Reservation } from '../domain/order.js';
import { findOrder, type StoredOrder } from './mysql/orders.js';
import type { RedisStore } from './redis/connectRedis.js';
import { findPending } from './redis/pending.js';

/** An order wherever it is: a row in MySQL, or a reservation that is on its way there. */
export type FoundOrder = { stored: StoredOrder } | { pending: Reservation };

/**
 * Finds an order by its id. A buyer who was told yes always finds it: it is in `pending` until MySQL has it, and MySQL is
 * asked once more for the one that moved in between. One store that is away does not hide what the other has.
 *
 * @throws Error of the store that is away when the other does not have the order
 */
export async function lookUpOrder(
  { sequelize, redis }: { sequelize: Sequelize; redis: RedisStore },
  orderId: string,
): Promise<FoundOrder | undefined> {
  const [stored, pending] = await Promise.allSettled([findOrder(sequelize, orderId), findPending(redis, orderId)]);
  if (stored.status === 'fulfilled' && stored.value !== undefined) return { stored: stored.value };
  if (pending.status === 'fulfilled' && pending.value !== undefined) return { pending: pending.value };
  if (stored.status === 'rejected') throw stored.reason;
  const moved = await findOrder(sequelize, orderId);
  if (moved !== undefined) return { stored: moved };
  if (pending.status === 'rejected') throw pending.reason;
  return undefined;
}
