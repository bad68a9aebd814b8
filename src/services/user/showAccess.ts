import { Refusal } from '../../domain/errorCatalogue.js';
import type { AccessClient } from '../../http/accessClient.js';
import type { Authenticated } from '../../http/auth.js';
import type { Handler } from '../../http/context.js';
import { idParam } from '../../http/idParam.js';
import type { EventBoard } from './createEventBoard.js';
import { presentAccess } from './presenters.js';

/** `GET /users/spike/access/:id`: may this user buy in the event, and if not, why. */
export function createShowAccess(board: EventBoard, access: AccessClient): Handler<Authenticated> {
  return async (ctx) => {
    const eventId = idParam(ctx);
    if ((await board.find(eventId)) === undefined) throw new Refusal('NOT_FOUND');
    ctx.body = presentAccess(await access.check({ userId: ctx.state.identity.id, eventId }));
  };
}
