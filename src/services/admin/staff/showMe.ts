import type { Handler } from '../../../http/context.js';
import { presentAdmin } from './presenters.js';
import type { Staffed } from '../staffAuth.js';

/** `GET /admin/me` */
export const showMe: Handler<Staffed> = (ctx) => {
  ctx.body = presentAdmin(ctx.state.staff);
};
