import { Refusal } from '../../domain/errorCatalogue.js';
import type { Handler } from '../../http/context.js';
import { idParam } from '../../http/idParam.js';
import type { EventBoard } from './createEventBoard.js';
import { presentEvent } from './presenters.js';

/** `GET /users/spike/:id` */
export function createShowEvent(board: EventBoard): Handler {
  return async (ctx) => {
    const event = await board.find(idParam(ctx));
    if (event === undefined) throw new Refusal('NOT_FOUND');
    ctx.body = presentEvent(event);
  };
}
