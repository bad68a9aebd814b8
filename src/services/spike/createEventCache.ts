import { LRUCache } from 'lru-cache';
import type { RedisStore } from '../../stores/redis/connectRedis.js';
import { isLifeCurrent, readEvent, type StockedEvent } from '../../stores/redis/events.js';

/** Ids that clients invent must not fill the memory. */
const EVENTS_MAX = 2_000;

type KnownEvent =
  | { code: 'OK'; event: StockedEvent; /** Redis' clock less this process' clock, ms. */ clockOffsetMs: number }
  | { code: 'NOT_FOUND' }
  /** Redis was restarted, replaced or emptied, and the stock is not built anew yet. */
  | { code: 'STOCK_REBUILDING' };

export interface EventCache {
  /** @throws when Redis does not answer */
  get(eventId: string): Promise<KnownEvent>;
  /** Forgets one event, or all of them. */
  drop(eventId: string | undefined): void;
}

/** What this process knows of the events: at most `maxAgeMs` old, and dropped at once when a change is announced. */
export function createEventCache({ redis, maxAgeMs }: { redis: RedisStore; maxAgeMs: number }): EventCache {
  const cache = new LRUCache<string, Promise<KnownEvent>>({ max: EVENTS_MAX, ttl: Math.max(1, maxAgeMs) });

  return {
    get(eventId) {
      const known = cache.get(eventId);
      if (known !== undefined) return known;
      const reading = load(redis, eventId);
      cache.set(eventId, reading);
      reading.catch(() => {
        if (cache.peek(eventId) === reading) cache.delete(eventId);
      });
      return reading;
    },
    drop(eventId) {
      if (eventId === undefined) cache.clear();
      else cache.delete(eventId);
    },
  };
}

async function load(redis: RedisStore, eventId: string): Promise<KnownEvent> {
  const reading = await readEvent(redis, eventId);
  switch (reading.code) {
    case 'OK':
      return { code: 'OK', event: reading.event, clockOffsetMs: reading.nowMs - Date.now() };
    case 'STALE':
      return { code: 'STOCK_REBUILDING' };
    case 'NO_EVENT':
      return { code: (await isLifeCurrent(redis)) ? 'NOT_FOUND' : 'STOCK_REBUILDING' };
  }
}
