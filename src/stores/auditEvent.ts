import { setTimeout as sleep } from 'node:timers/promises';
import { QueryTypes, Transaction, type Sequelize } from 'sequelize';
import { judgeEvent, type AuditedOrder } from '../domain/judgeEvent.js';
import type { EventAudit } from '../domain/wire.js';
import { findSaleEvent } from './mysql/saleEvents.js';
import type { RedisStore } from './redis/connectRedis.js';
import { snapshotEvent } from './redis/pending.js';

/** Looks before a fault counts: two stores are never read at the same instant, but what is really wrong stays wrong. */
const LOOKS_MAX = 5;
const PAUSE_MS = 150;

/**
 * Proves the invariants of one event by ids, from a snapshot of Redis and the rows of MySQL. While a sale runs the two are
 * some milliseconds apart, so an offender counts only when it is found again in every look.
 *
 * @returns undefined when there is no such event
 * @throws Error when MySQL does not answer. Redis may be away: then its side is null and the event is not ok.
 */
export async function auditEvent(
  { sequelize, redis }: { sequelize: Sequelize; redis: RedisStore },
  eventId: string,
  options: { stuckAfterSeconds: number },
): Promise<EventAudit | undefined> {
  let audit = await look(sequelize, redis, eventId, options.stuckAfterSeconds);
  for (let looks = 1; looks < LOOKS_MAX && audit !== undefined && !audit.ok; looks += 1) {
    await sleep(PAUSE_MS);
    const again = await look(sequelize, redis, eventId, options.stuckAfterSeconds);
    if (again === undefined) return undefined;
    audit = inBoth(audit, again);
  }
  return audit;
}

async function look(
  sequelize: Sequelize,
  redis: RedisStore,
  eventId: string,
  stuckAfterSeconds: number,
): Promise<EventAudit | undefined> {
  const snapshot = await snapshotEvent(redis, eventId).catch(() => undefined);
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
    return judgeEvent({ event, orders, counts, snapshot, stuckAfterSeconds });
  });
}

/** The later look, less the offenders that the earlier one did not name. */
function inBoth(earlier: EventAudit, later: EventAudit): EventAudit {
  const both = (name: 'duplicates' | 'overLimit' | 'lost' | 'stuck' | 'deadLettered' | 'problems') => {
    const before = new Set(earlier[name]);
    return later[name].filter((id) => before.has(id));
  };
  const audit = {
    ...later,
    duplicates: both('duplicates'),
    overLimit: both('overLimit'),
    lost: both('lost'),
    stuck: both('stuck'),
    deadLettered: both('deadLettered'),
    oversold: Math.min(earlier.oversold, later.oversold),
    problems: both('problems'),
  };
  const lists = [audit.duplicates, audit.overLimit, audit.lost, audit.stuck, audit.deadLettered, audit.problems];
  return { ...audit, ok: audit.oversold === 0 && lists.every((list) => list.length === 0) };
}
