import { Cluster } from 'ioredis';
import type { RedisClient } from './createRedisClient.js';

/** The values of the keys in their order. In a Redis Cluster the keys of one command would have to lie in one slot. */
export async function getMany(client: RedisClient, keys: readonly string[]): Promise<(string | null)[]> {
  if (keys.length === 0) return [];
  if (client instanceof Cluster) return Promise.all(keys.map((key) => client.get(key)));
  return client.mget([...keys]);
}

/** Sets each key for so many seconds. */
export async function setMany(
  client: RedisClient,
  entries: readonly (readonly [key: string, value: string])[],
  lifetimeSeconds: number,
): Promise<void> {
  if (client instanceof Cluster) {
    await Promise.all(entries.map(([key, value]) => client.set(key, value, 'EX', lifetimeSeconds)));
    return;
  }
  const pipeline = client.pipeline();
  for (const [key, value] of entries) pipeline.set(key, value, 'EX', lifetimeSeconds);
  for (const [error] of (await pipeline.exec()) ?? []) if (error !== null) throw error;
}

/** Every server that takes writes: each keeps its own scripts and its own keys. */
export function primaries(client: RedisClient): RedisClient[] {
  return client instanceof Cluster ? client.nodes('master') : [client];
}
