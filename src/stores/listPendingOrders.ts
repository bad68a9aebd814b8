import type { Reservation } from '../domain/order.js';
import type { RedisStore } from './redis/connectRedis.js';
import { findHeldOrders, findPending } from './redis/pending.js';

/** The user's orders in these events that MySQL may not have yet. */
export async function listPendingOrders(
  redis: RedisStore,
  userId: string,
  eventIds: readonly string[],
): Promise<Reservation[]> {
  const held = await Promise.all(eventIds.map((eventId) => findHeldOrders(redis, eventId, userId)));
  const pending = await Promise.all(held.flat().map(({ orderId }) => findPending(redis, orderId)));
  return pending.filter((reservation) => reservation !== undefined);
}
