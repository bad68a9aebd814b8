import { Refusal } from '../domain/errorCatalogue.js';
import type { Ctx } from './context.js';

/** Ids are MySQL's BIGINT, in the one way of writing each: no sign, no leading zero. */
const ID = /^[1-9][0-9]{0,18}$/;

/**
 * The id in the route's path.
 * @throws Refusal NOT_FOUND when it cannot be one: there is nothing of that id
 */
export function idParam(ctx: Ctx, name = 'id'): string {
  const id = ctx.state.params[name] ?? '';
  if (!ID.test(id)) throw new Refusal('NOT_FOUND');
  return id;
}
