import type { EventLimits } from '../../../domain/saleEvent.js';
import type { LiveEventView } from '../../../domain/wire/live.js';
import { presentStaffEvent } from '../../../http/presentEvent.js';
import type { StoredSaleEvent } from '../../../stores/mysql/saleEvents.js';
import type { RedisStore } from '../../../stores/redis/connectRedis.js';
import { findOldPending } from '../../../stores/redis/pending.js';
import { lookAtStock } from './lookAtStock.js';

/** Reservations are looked through one by one: not when there are very many. */
const STUCK_LOOK_RESERVATIONS_MAX = 5_000;

export interface EventsSeen {
  views: LiveEventView[];
  rebuilding: Set<string>;
  /** Event id → reservations that have been pending for too long; events that were not looked through are not in it. */
  stuck: ReadonlyMap<string, number>;
}

/** @throws when Redis does not answer */
type EventsLook = (events: readonly StoredSaleEvent[], defaults: EventLimits) => Promise<EventsSeen>;

/** Looks at the stock and the answers of each event, all of them at once over one connection. */
export function createLookAtEvents(
  redis: RedisStore,
  { stuckAfterSeconds, stuckLookFrames }: { stuckAfterSeconds: number; stuckLookFrames: number },
): EventsLook {
  let looks = 0;
  const stuck = new Map<string, number>();
  return async (events, defaults) => {
    const stocks = await Promise.all(events.map((event) => lookAtStock(redis, event, defaults)));
    const views = stocks.map(({ view }) => view);
    if (looks % stuckLookFrames === 0) await findStuck(views);
    looks += 1;
    const rebuilding = new Set(stocks.filter(({ isRebuilding }) => isRebuilding).map(({ view }) => view.id));
    return { views, rebuilding, stuck };
  };

  async function findStuck(views: readonly LiveEventView[]): Promise<void> {
    const reservedBeforeMs = Date.now() - stuckAfterSeconds * 1_000;
    stuck.clear();
    for (const { id, pending } of views) {
      if (pending === null || pending > STUCK_LOOK_RESERVATIONS_MAX) continue;
      const old = pending === 0 ? [] : await findOldPending(redis, id, reservedBeforeMs);
      stuck.set(id, old.length);
    }
  }
}

/** What can be said of the events while Redis does not answer. */
export function viewWithoutRedis(events: readonly StoredSaleEvent[], defaults: EventLimits): LiveEventView[] {
  return events.map((event) => presentStaffEvent(event, undefined, undefined, defaults));
}
