import { step, type Step } from './context.js';
import type { Deprecation } from './stepContract.js';

/**
 * For a route that is to go: every answer says since when it is given up (`Deprecation`, RFC 9745) and from when on it may be
 * gone (`Sunset`, RFC 8594), and the API document marks the operation. Stands first in the chain, so that refusals say it too.
 */
export function deprecated({ since, sunset }: Deprecation): Step {
  const sinceSeconds = Date.parse(since) / 1_000;
  const sunsetDate = new Date(sunset).toUTCString();
  return step(
    (ctx, next) => {
      ctx.res.setHeader('Deprecation', `@${sinceSeconds}`);
      ctx.res.setHeader('Sunset', sunsetDate);
      return next();
    },
    { deprecation: { since, sunset } },
  );
}
