import type { RedisStore } from './connectRedis.js';
import { getMany } from './many.js';

/** Raises the user's version, so that no cached access decision about them is found any more. */
export async function bumpUserVersion(redis: RedisStore, userId: string): Promise<void> {
  await redis.client.incr(redis.keys.userVersion(userId));
}

/** The versions of these users in their order; 0 for who never changed. */
export async function readUserVersions(redis: RedisStore, userIds: readonly string[]): Promise<number[]> {
  const versions = await getMany(
    redis.client,
    userIds.map((userId) => redis.keys.userVersion(userId)),
  );
  return versions.map((version) => Number(version ?? 0));
}
