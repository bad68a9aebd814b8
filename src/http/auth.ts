import { bearerToken } from './bearerToken.js';
import { step, type Step } from './context.js';
import { tokenRefusals } from './stepContract.js';
import type { Identity, Tokens } from './tokens.js';

export interface Authenticated {
  identity: Identity;
}

/** Lets those pass whose token is valid now, and says who they are in `ctx.state.identity`. Asks no store. */
export function createAuth(tokens: Tokens): Step<Authenticated> {
  return step<Authenticated>(
    (ctx, next) => {
      const identity = tokens.verify(bearerToken(ctx));
      ctx.state.identity = identity;
      ctx.state.actor = `${tokens.audience} ${identity.id}`;
      return next();
    },
    { token: { holder: tokens.audience }, refusals: tokenRefusals },
  );
}

/** The same for the refresh routes, where an expired token still counts while its refresh window is open. */
export function createRefreshAuth(tokens: Tokens): Step<Authenticated> {
  return step<Authenticated>(
    (ctx, next) => {
      const identity = tokens.verifyForRefresh(bearerToken(ctx));
      ctx.state.identity = identity;
      ctx.state.actor = `${tokens.audience} ${identity.id}`;
      return next();
    },
    { token: { holder: tokens.audience }, refusals: tokenRefusals },
  );
}
