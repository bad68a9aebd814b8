import type { RedisStore } from './connectRedis.js';
import { eventKeys } from './events.js';

export type ReleaseCode = 'RELEASED' | 'NOT_HELD' | 'NO_EVENT' | 'STALE' | 'OVERFLOW';

/**
 * Returns the units of an order that was cancelled, expired or refunded, once only. `NOT_HELD` is a success: somebody was here
 * before. After `NO_EVENT` and `STALE` the rebuild counts the units as free, and a repeat finds them not held.
 */
export async function release(
  redis: RedisStore,
  order: { eventId: string; userId: string; orderId: string },
): Promise<ReleaseCode> {
  const [code] = (await redis.run('release', eventKeys(redis, order.eventId), [
    order.userId,
    order.orderId,
    redis.keys.changes(),
    order.eventId,
  ])) as [ReleaseCode, number];
  return code;
}
