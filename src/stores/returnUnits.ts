import type { Logger } from 'pino';
import type { Sequelize } from 'sequelize';
import { clearDueReturns, type ReturnedOrder } from './mysql/changeOrder.js';
import type { RedisStore } from './redis/connectRedis.js';
import { release } from './redis/release.js';

/**
 * Brings the units of ended orders back to Redis, then takes down their flag in MySQL. Whatever dies in between, the flag
 * stays up and the sweeper calls this again: Redis knows by order id whether it has the units already.
 *
 * @returns how many of them are back now
 * @throws Error when a store does not answer; what was returned until then stays returned
 */
export async function returnUnits(
  { sequelize, redis, log }: { sequelize: Sequelize; redis: RedisStore; log: Logger },
  orders: readonly Pick<ReturnedOrder, 'orderId' | 'eventId' | 'userId'>[],
): Promise<number> {
  const returned: string[] = [];
  try {
    for (const order of orders) {
      const code = await release(redis, order);
      if (code === 'RELEASED' || code === 'NOT_HELD') {
        returned.push(order.orderId);
      } else if (code === 'OVERFLOW') {
        log.error(
          { orderId: order.orderId, eventId: order.eventId },
          'a unit came back to an event that is full: audit it',
        );
      }
      // NO_EVENT and STALE: the rebuild counts the units as free, and the next sweep finds them not held.
    }
  } finally {
    await clearDueReturns(sequelize, returned);
  }
  return returned.length;
}
