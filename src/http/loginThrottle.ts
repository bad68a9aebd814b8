import { createHash } from 'node:crypto';
import { Refusal } from '../domain/errorCatalogue.js';
import type { RedisClient } from '../stores/redis/createRedisClient.js';

export interface LoginThrottleOptions {
  redis: RedisClient;
  failuresKey: (name: string) => string;
  failuresMax: number;
  lockSeconds: number;
}

export interface LoginThrottle {
  /** Counts an attempt. @throws Refusal TOO_MANY_REQUESTS when the name must wait, or the store's error */
  attempt(name: string): Promise<void>;
  /** The password was right: the attempts so far are forgotten. */
  succeeded(name: string): Promise<void>;
}

/**
 * Slows the guessing of one name's password, from however many addresses. An attempt is counted before the password is
 * looked at and forgiven when it was right, so that a thousand guesses at once are a thousand attempts and not one. The
 * count starts anew when the lock time since its first attempt is over.
 *
 * With Redis away nobody logs in (503), for the reason given at `addressLimit`.
 */
export function createLoginThrottle(options: LoginThrottleOptions): LoginThrottle {
  const { redis, failuresMax, lockSeconds } = options;
  // Names are phone numbers: Redis need not hold them to count them.
  const keyOf = (name: string) =>
    options.failuresKey(createHash('sha256').update(name).digest('base64url').slice(0, 22));
  return {
    async attempt(name) {
      const key = keyOf(name);
      const replies = await redis.multi().set(key, 0, 'EX', lockSeconds, 'NX').incr(key).pttl(key).exec();
      const [count, leftMs] = numbers(replies?.slice(1));
      if (count === undefined || count <= failuresMax) return;
      throw new Refusal('TOO_MANY_REQUESTS', { limit: 'login' }, Math.max(1, (leftMs ?? 0) / 1_000));
    },
    async succeeded(name) {
      await redis.del(keyOf(name));
    },
  };
}

/** @throws the first error among the replies */
function numbers(replies: [Error | null, unknown][] | undefined): number[] {
  return (replies ?? []).map(([error, value]) => {
    if (error !== null) throw error;
    return Number(value);
  });
}
