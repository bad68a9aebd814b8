import type { EventLimits } from '../../../domain/saleEvent.js';
import type { LiveEventView } from '../../../domain/wire/live.js';
import { presentStaffEvent } from '../../../http/presentEvent.js';
import type { StoredSaleEvent } from '../../../stores/mysql/saleEvents.js';
import type { RedisStore } from '../../../stores/redis/connectRedis.js';
import { readEvent, type EventReading } from '../../../stores/redis/events.js';
import { readAnswers } from '../../../stores/redis/outcomes.js';
import { countPending } from '../../../stores/redis/pending.js';

/** Reservations of which the units are counted: under a millisecond of Redis. Of more, each counts as one unit. */
const COUNTED_MAX = 1_000;

export interface Stock {
  view: LiveEventView;
  /** Redis does not have the stock in good order. */
  isRebuilding: boolean;
}

/** Adds to an event what only Redis knows of it. @throws when Redis does not answer */
export async function lookAtStock(redis: RedisStore, event: StoredSaleEvent, defaults: EventLimits): Promise<Stock> {
  const reservations = await countPending(redis, event.id);
  const isCounted = reservations <= COUNTED_MAX;
  const [reading, answers] = await Promise.all([
    readEvent(redis, event.id, isCounted && reservations > 0),
    readAnswers(redis, event.id),
  ]);
  const counted = isCounted || reading.code === 'NO_EVENT' ? reading : { ...reading, pendingUnits: reservations };
  return {
    view: presentStaffEvent(event, counted, answers, defaults),
    isRebuilding: isRebuilding(event, reading),
  };
}

function isRebuilding({ fence, closed, endsAtMs }: StoredSaleEvent, reading: EventReading): boolean {
  if (closed || reading.nowMs >= endsAtMs) return false;
  return reading.code !== 'OK' || Number(reading.event.fence) !== fence;
}
