import { createHash, timingSafeEqual } from 'node:crypto';
import { Refusal } from '../domain/errorCatalogue.js';
import { bearerToken } from './bearerToken.js';
import { step, type Step } from './context.js';

/** Lets the other services pass, by the token they share. Compares hashes, whose length tells nothing about the token's. */
export function createServiceAuth(serviceToken: string): Step {
  const expected = digest(serviceToken);
  return step(
    (ctx, next) => {
      if (!timingSafeEqual(digest(bearerToken(ctx)), expected)) throw new Refusal('TOKEN_INVALID');
      return next();
    },
    { token: { holder: 'service' }, refusals: ['UNAUTHENTICATED', 'TOKEN_INVALID'] },
  );
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
