import type { RedisStore } from './connectRedis.js';

/** A process that has not reported for this long is gone, and the broker has given its messages to others. */
const REPORT_AGE_MAX_MS = 5_000;

/** What a consumer has in hand, as it said at `reportedAtMs` (Redis' clock). */
export interface ConsumerReport {
  inHand: number;
  /** How long it has had the oldest of them, at the time of the report; undefined when it has none. */
  oldestAgeMs: number | undefined;
  reportedAtMs: number;
}

/**
 * Says what a consumer has in hand: AMQP tells nobody but the consumer itself. The clock is read first: what comes meanwhile is
 * told too, so that a report never says "nothing" of a moment at which there was something.
 */
export async function reportInHand(
  redis: RedisStore,
  processId: string,
  consumer: Readonly<Omit<ConsumerReport, 'reportedAtMs'>>,
): Promise<void> {
  const nowMs = await redisNowMs(redis);
  const { inHand, oldestAgeMs } = consumer;
  const report = [inHand, oldestAgeMs === undefined ? '' : Math.ceil(oldestAgeMs), nowMs].join(',');
  await redis.client.hset(redis.keys.consumers(), processId, report);
}

/** The reports of all consumers that are alive. */
export async function readConsumers(redis: RedisStore): Promise<ConsumerReport[]> {
  const nowMs = await redisNowMs(redis);
  return Object.values(await redis.client.hgetall(redis.keys.consumers()))
    .map((report) => {
      const [inHand = '', oldestAgeMs = '', reportedAtMs = ''] = report.split(',');
      return {
        inHand: Number(inHand),
        oldestAgeMs: oldestAgeMs === '' ? undefined : Number(oldestAgeMs),
        reportedAtMs: Number(reportedAtMs),
      };
    })
    .filter(({ reportedAtMs }) => nowMs - reportedAtMs <= REPORT_AGE_MAX_MS);
}

export async function forgetConsumer(redis: RedisStore, processId: string): Promise<void> {
  await redis.client.hdel(redis.keys.consumers(), processId);
}

/** Unacked messages of all consumers, as they last said, at most some seconds ago. */
export async function readUnacked(redis: RedisStore): Promise<number> {
  return (await readConsumers(redis)).reduce((unacked, { inHand }) => unacked + inHand, 0);
}

/** Redis' clock, ms since 1970 UTC; in a Redis Cluster always that of the same node, so that readings can be compared. */
export async function redisNowMs(redis: RedisStore): Promise<number> {
  return (await redis.run('readClock', [redis.keys.consumers()], [])) as number;
}
