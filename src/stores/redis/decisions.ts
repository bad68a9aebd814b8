import type { RedisStore } from './connectRedis.js';

/** Names one decision: of one user about one event, under one rule, as the user was known then. */
export interface DecisionName {
  eventId: string;
  ruleVersion: number;
  userId: string;
  userVersion: number;
}

/** The cached texts in the order of the names; undefined where there is none. */
export async function readDecisions(
  redis: RedisStore,
  names: readonly DecisionName[],
): Promise<(string | undefined)[]> {
  const pipeline = redis.client.pipeline();
  for (const name of names) pipeline.get(keyOf(redis, name));
  const replies = (await pipeline.exec()) ?? [];
  return replies.map(([error, text]) => {
    if (error !== null) throw error;
    return (text as string | null) ?? undefined;
  });
}

/** Caches decisions for `lifetimeSeconds`. */
export async function writeDecisions(
  redis: RedisStore,
  decisions: readonly (DecisionName & { text: string })[],
  lifetimeSeconds: number,
): Promise<void> {
  const pipeline = redis.client.pipeline();
  for (const decision of decisions) pipeline.set(keyOf(redis, decision), decision.text, 'EX', lifetimeSeconds);
  for (const [error] of (await pipeline.exec()) ?? []) if (error !== null) throw error;
}

function keyOf(redis: RedisStore, { eventId, ruleVersion, userId, userVersion }: DecisionName): string {
  return redis.keys.decision(eventId, ruleVersion, userId, userVersion);
}
