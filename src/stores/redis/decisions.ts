import type { RedisStore } from './connectRedis.js';
import { getMany, setMany } from './many.js';

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
  const texts = await getMany(
    redis.client,
    names.map((name) => keyOf(redis, name)),
  );
  return texts.map((text) => text ?? undefined);
}

/** Caches decisions for `lifetimeSeconds`. */
export async function writeDecisions(
  redis: RedisStore,
  decisions: readonly (DecisionName & { text: string })[],
  lifetimeSeconds: number,
): Promise<void> {
  const entries = decisions.map((decision) => [keyOf(redis, decision), decision.text] as const);
  await setMany(redis.client, entries, lifetimeSeconds);
}

function keyOf(redis: RedisStore, { eventId, ruleVersion, userId, userVersion }: DecisionName): string {
  return redis.keys.decision(eventId, ruleVersion, userId, userVersion);
}
