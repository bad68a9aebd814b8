import type { RedisStore } from './connectRedis.js';

/** Whether a buyer holds units of the event, or a reservation is on its way. */
export async function isHeld(redis: RedisStore, eventId: string): Promise<boolean> {
  const { client, keys } = redis;
  const [buyers, pending] = await Promise.all([client.hlen(keys.buyers(eventId)), client.hlen(keys.pending(eventId))]);
  return buyers + pending > 0;
}
