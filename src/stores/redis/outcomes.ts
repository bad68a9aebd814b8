import type { Outcomes } from '../../domain/wire.js';
import type { RedisStore } from './connectRedis.js';

const outcomeNames = [
  'accepted',
  'pending',
  'soldOut',
  'alreadyOrdered',
  'limited',
  'notEligible',
  'overloaded',
  'error',
] as const satisfies readonly (keyof Outcomes)[];

/** Adds to the counts of an event's answers. */
export async function addOutcomes(redis: RedisStore, eventId: string, added: Partial<Outcomes>): Promise<void> {
  const pipeline = redis.client.pipeline();
  for (const name of outcomeNames) {
    const count = added[name];
    if (count !== undefined && count > 0) pipeline.hincrby(redis.keys.outcomes(eventId), name, count);
  }
  for (const [error] of (await pipeline.exec()) ?? []) if (error) throw error;
}

/** The counts of an event's answers since it was created. A process that dies takes its last second of counts with it. */
export async function readOutcomes(redis: RedisStore, eventId: string): Promise<Outcomes> {
  const counts = await redis.client.hmget(redis.keys.outcomes(eventId), ...outcomeNames);
  return Object.fromEntries(
    outcomeNames.map((name, index) => [name, Number(counts[index] ?? 0)]),
  ) as unknown as Outcomes;
}
