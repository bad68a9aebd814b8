import type { RedisStore } from './connectRedis.js';

/** Raises the user's version, so that no cached access decision about them is found any more. */
export async function bumpUserVersion(redis: RedisStore, userId: string): Promise<void> {
  await redis.client.incr(redis.keys.userVersion(userId));
}

/** The versions of these users in their order; 0 for who never changed. */
export async function readUserVersions(redis: RedisStore, userIds: readonly string[]): Promise<number[]> {
  const pipeline = redis.client.pipeline();
  for (const userId of userIds) pipeline.get(redis.keys.userVersion(userId));
  const replies = (await pipeline.exec()) ?? [];
  return replies.map(([error, version]) => {
    if (error !== null) throw error;
    return version === null ? 0 : Number(version);
  });
}
