import type { z } from 'zod';
import type { Handler } from '../../http/context.js';
import type { EventBoard } from './createEventBoard.js';
import { presentEvents } from './presenters.js';
import type { listSchema } from './schemas.js';

/** `GET /users/spike/all`: the newest events first; those that are over only when asked for. */
export function createListEvents(board: EventBoard): Handler<{ query: z.output<typeof listSchema> }> {
  return async (ctx) => {
    ctx.body = presentEvents(await board.list(ctx.state.query));
  };
}
