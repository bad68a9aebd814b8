import { Refusal } from '../domain/errorCatalogue.js';
import type { Limits } from '../domain/limits.js';
import { clientAddress } from './clientAddress.js';
import { step, type Step } from './context.js';

/** Takes a token from the bucket of that key, made full on first use. Redis' clock decides. */
type TakeToken = (
  key: string,
  ratePerSecond: number,
  burst: number,
) => Promise<{ allowed: boolean; retryAfterSeconds: number }>;

export interface AddressLimitOptions {
  takeToken: TakeToken;
  addressBucketKey: (route: string, address: string) => string;
  /** The limits in force at this moment. */
  limits(): Pick<Limits, 'addressRatePerMinute' | 'addressBurst'>;
  trustedProxyHops: number;
}

/**
 * Limits what one address may ask of register and login, which cost a password hash each.
 *
 * With Redis away these routes answer 503 and let nobody through: without the limit anyone could try passwords as fast as
 * the processors hash, and a login that waits for Redis to return harms nobody who already has a token.
 */
export function createAddressLimit(options: AddressLimitOptions) {
  const { takeToken, addressBucketKey, limits, trustedProxyHops } = options;
  return function addressLimit(route: string): Step {
    return step(
      async (ctx, next) => {
        const { addressRatePerMinute, addressBurst } = limits();
        const key = addressBucketKey(route, clientAddress(ctx, trustedProxyHops));
        const { allowed, retryAfterSeconds } = await takeToken(key, addressRatePerMinute / 60, addressBurst);
        if (!allowed) throw new Refusal('TOO_MANY_REQUESTS', { limit: 'address' }, retryAfterSeconds);
        await next();
      },
      { refusals: ['TOO_MANY_REQUESTS'] },
    );
  };
}
