import type { ConsumerView, LiveQueueView } from '../../../domain/wire/live.js';
import type { QueueReader } from '../../../stores/rabbitmq/createQueueReader.js';
import { topology } from '../../../stores/rabbitmq/topology.js';
import { readConsumers, redisNowMs } from '../../../stores/redis/consumers.js';
import type { RedisStore } from '../../../stores/redis/connectRedis.js';

/** The consumers as they last said; AMQP tells nobody what they have in hand. @throws when Redis does not answer */
export async function lookAtConsumers(redis: RedisStore): Promise<ConsumerView[]> {
  const [reports, nowMs] = await Promise.all([readConsumers(redis), redisNowMs(redis)]);
  return reports.map(({ inHand, oldestAgeMs, reportedAtMs }) => {
    const reportAgeMs = Math.max(0, nowMs - reportedAtMs);
    return { inHand, oldestAgeMs: oldestAgeMs === undefined ? null : oldestAgeMs + reportAgeMs, reportAgeMs };
  });
}

/** @param consumers undefined while Redis does not answer: then nobody knows what is unacked */
export function viewQueues(
  depths: Awaited<ReturnType<QueueReader['read']>>,
  consumers: readonly ConsumerView[] | undefined,
): LiveQueueView[] {
  const ages = (consumers ?? []).flatMap(({ oldestAgeMs }) => oldestAgeMs ?? []);
  return depths.map((depth) => {
    if (depth.name !== topology.queue) return { ...depth, role: 'dead', unacked: 0, oldestAgeMs: null };
    const unacked = consumers?.reduce((sum, { inHand }) => sum + inHand, 0) ?? null;
    return { ...depth, role: 'orders', unacked, oldestAgeMs: ages.length === 0 ? null : Math.max(...ages) };
  });
}
