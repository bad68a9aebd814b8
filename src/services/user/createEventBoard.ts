import type { Sequelize } from 'sequelize';
import type { ShopEventView } from '../../domain/wire.js';
import { createBriefCache } from '../../http/briefCache.js';
import type { Log } from '../../http/createLog.js';
import { nextCursor, toRange } from '../../http/pageSchema.js';
import { presentShopEvent } from '../../http/presentEvent.js';
import { findSaleEvent, listSaleEvents, type StoredSaleEvent } from '../../stores/mysql/saleEvents.js';
import type { RedisStore } from '../../stores/redis/connectRedis.js';
import { readEvent } from '../../stores/redis/events.js';

interface EventPage {
  events: ShopEventView[];
  next: string | null;
}

export interface EventBoard {
  list(page: { limit: number; cursor?: string | undefined; includeEnded: boolean }): Promise<EventPage>;
  find(eventId: string): Promise<ShopEventView | undefined>;
}

export interface EventBoardOptions {
  sequelize: Sequelize;
  redis: RedisStore;
  eventCacheMs: number;
  log: Log;
}

/**
 * The events as all shoppers see them, each page at most `eventCacheMs` old. What MySQL says is the event; how many units
 * are left only Redis knows, and while it does not answer that one field is null.
 */
export function createEventBoard({ sequelize, redis, eventCacheMs, log }: EventBoardOptions): EventBoard {
  const pages = createBriefCache<EventPage>(eventCacheMs);
  const single = createBriefCache<ShopEventView | undefined>(eventCacheMs);

  return {
    list({ limit, cursor, includeEnded }) {
      return pages.get(`${limit} ${cursor ?? ''} ${includeEnded}`, async () => {
        const stored = await listSaleEvents(sequelize, {
          ...toRange({ limit, cursor }),
          ...(includeEnded ? {} : { endsAfter: new Date() }),
        });
        const events = await Promise.all(stored.map(view));
        return { events, next: nextCursor(stored, limit) };
      });
    },
    find(eventId) {
      return single.get(eventId, async () => {
        const event = await findSaleEvent(sequelize, eventId);
        return event && view(event);
      });
    },
  };

  async function view(event: StoredSaleEvent): Promise<ShopEventView> {
    const reading = await readEvent(redis, event.id).catch((error: unknown) => {
      log.debug({ err: error, eventId: event.id }, 'the stock could not be read');
      return undefined;
    });
    return presentShopEvent(event, reading);
  }
}
