import { setTimeout as sleep } from 'node:timers/promises';
import type { Sequelize } from 'sequelize';
import { judgeEvent } from '../domain/judgeEvent.js';
import type { EventAudit } from '../domain/wire.js';
import { lookAtEvent } from './lookAtEvent.js';
import type { RedisStore } from './redis/connectRedis.js';

/** Looks before a fault counts: two stores are never read at the same instant, but what is really wrong stays wrong. */
const LOOKS_MAX = 5;
const PAUSE_MS = 150;

interface Stores {
  sequelize: Sequelize;
  redis: RedisStore;
}

/**
 * Proves the invariants of one event by ids, from a snapshot of Redis and the rows of MySQL. While a sale runs the two are
 * some milliseconds apart, so an offender counts only when it is found again in every look.
 *
 * @returns undefined when there is no such event
 * @throws Error when MySQL does not answer. Redis may be away: then its side is null and the event is not ok.
 */
export async function auditEvent(
  stores: Stores,
  eventId: string,
  options: { stuckAfterSeconds: number },
): Promise<EventAudit | undefined> {
  let audit = await look(stores, eventId, options.stuckAfterSeconds);
  for (let looks = 1; looks < LOOKS_MAX && audit !== undefined && !audit.ok; looks += 1) {
    await sleep(PAUSE_MS);
    const again = await look(stores, eventId, options.stuckAfterSeconds);
    if (again === undefined) return undefined;
    audit = inBoth(audit, again);
  }
  return audit;
}

async function look(stores: Stores, eventId: string, stuckAfterSeconds: number): Promise<EventAudit | undefined> {
  const found = await lookAtEvent(stores, eventId);
  return found && judgeEvent({ ...found, stuckAfterSeconds });
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
