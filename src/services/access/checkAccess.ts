import { Refusal } from '../../domain/errorCatalogue.js';
import type { AccessCheckAnswer, AccessPair } from '../../http/accessClient.js';
import type { Handler } from '../../http/context.js';
import type { createDecider } from './createDecider.js';

/** `POST /access/check`: decisions in the order of the pairs; 503 only when nothing can be said about any of them. */
export function createCheckAccess(decideAll: ReturnType<typeof createDecider>): Handler<{ body: AccessPair[] }> {
  return async (ctx) => {
    const { decisions, undecided } = await decideAll(ctx.state.body);
    if (decisions.length === 0) throw new Refusal('STORE_UNAVAILABLE', {}, 1);
    ctx.body = { status: 'success', decisions, undecided } satisfies AccessCheckAnswer;
  };
}
