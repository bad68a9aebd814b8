import type { RedisStore } from './connectRedis.js';

export interface TokenVerdict {
  allowed: boolean;
  /** Whole seconds until the next token, at least 1; 0 when one was taken. */
  retryAfterSeconds: number;
}

/**
 * Takes one token from the bucket at `key`, which refills at `ratePerSecond` up to `burst`. Decided in one script by Redis' clock.
 *
 * @throws when Redis does not answer: the caller decides whether that means yes or no
 */
export async function takeToken(
  redis: RedisStore,
  key: string,
  ratePerSecond: number,
  burst: number,
): Promise<TokenVerdict> {
  const waitMs = (await redis.run('takeToken', [key], [ratePerSecond, burst])) as number;
  return { allowed: waitMs === 0, retryAfterSeconds: Math.ceil(waitMs / 1000) };
}
