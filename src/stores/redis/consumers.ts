import type { RedisStore } from './connectRedis.js';

/** A process that has not reported for this long is gone, and the broker has given its messages to others. */
const REPORT_AGE_MAX_MS = 5_000;

/** Says how many messages a consumer has in hand: AMQP tells nobody but the consumer itself. */
export async function reportInHand(redis: RedisStore, processId: string, inHand: number): Promise<void> {
  await redis.client.hset(redis.keys.consumers(), processId, `${inHand},${await redisNowMs(redis)}`);
}

export async function forgetConsumer(redis: RedisStore, processId: string): Promise<void> {
  await redis.client.hdel(redis.keys.consumers(), processId);
}

/** Unacked messages of all consumers, as they last said, at most some seconds ago. */
export async function readUnacked(redis: RedisStore): Promise<number> {
  const nowMs = await redisNowMs(redis);
  let unacked = 0;
  for (const report of Object.values(await redis.client.hgetall(redis.keys.consumers()))) {
    const [inHand, reportedAtMs] = report.split(',').map(Number);
    if (nowMs - (reportedAtMs ?? 0) <= REPORT_AGE_MAX_MS) unacked += inHand ?? 0;
  }
  return unacked;
}

/** Redis' clock, ms since 1970 UTC. */
export async function redisNowMs(redis: RedisStore): Promise<number> {
  const [seconds, microseconds] = await redis.client.time();
  return Number(seconds) * 1000 + Math.floor(Number(microseconds) / 1000);
}
