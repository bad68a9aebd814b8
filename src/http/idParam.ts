import { Refusal } from '../domain/errorCatalogue.js';
import { isId } from '../domain/id.js';
import type { Ctx } from './context.js';

/**
 * The id in the route's path.
 * @throws Refusal NOT_FOUND when it cannot be one: there is nothing of that id
 */
export function idParam(ctx: Ctx, name = 'id'): string {
  const id = ctx.state.params[name] ?? '';
  if (!isId(id)) throw new Refusal('NOT_FOUND');
  return id;
}
