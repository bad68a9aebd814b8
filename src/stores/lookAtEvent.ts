import { QueryTypes, Transaction, type Sequelize } from 'sequelize';
import type { AuditedOrder, AuditInput } from '../domain/judgeEvent.js';
import { findSaleEvent, type StoredSaleEvent } from './mysql/saleEvents.js';
import type { RedisStore } from './redis/connectRedis.js';
import { snapshotEvent } from './redis/pending.js';

export type EventLook = Omit<AuditInput, 'stuckAfterSeconds'> & {
  event: StoredSaleEvent;
  /** Why there is no snapshot: what Redis' client threw. */
  redisFailure: unknown;
};

/**
 * Everything that both stores know of one event: Redis at one moment, then MySQL at one moment after it.
 *
 * @returns undefined when there is no such event
 * @throws Error when MySQL does not answer; Redis may be away, then its side is undefined
 */
export async function lookAtEvent(
  { sequelize, redis }: { sequelize: Sequelize; redis: RedisStore },
  eventId: string,
): Promise<EventLook | undefined> {
  let redisFailure: unknown;
  const snapshot = await snapshotEvent(redis, eventId).catch((error: unknown) => {
    redisFailure = error;
    return undefined;
  });
  // One consistent read: sold, the orders and the counts change together, batch by batch.
  const isolationLevel = Transaction.ISOLATION_LEVELS.REPEATABLE_READ;
  return sequelize.transaction({ isolationLevel }, async (transaction) => {
    const event = await findSaleEvent(sequelize, eventId, { transaction });
    if (event === undefined) return undefined;
    const orders = await sequelize.query<AuditedOrder>(
      `SELECT id AS orderId, CAST(user_id AS CHAR) AS userId, quantity, state, ticket_id AS ticketId,
              sequence, unit_return_due AS unitReturnDue
         FROM orders
        WHERE event_id = ?`,
      { replacements: [eventId], type: QueryTypes.SELECT, transaction },
    );
    const counts = await sequelize.query<{ userId: string; units: number; unitsMax: number }>(
      `SELECT CAST(user_id AS CHAR) AS userId, units, units_max AS unitsMax
         FROM purchase_counts
        WHERE event_id = ?`,
      { replacements: [eventId], type: QueryTypes.SELECT, transaction },
    );
    return { event, orders, counts, snapshot, redisFailure };
  });
}
