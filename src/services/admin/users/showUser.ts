import { Refusal } from '../../../domain/errorCatalogue.js';
import type { Handler } from '../../../http/context.js';
import { idParam } from '../../../http/idParam.js';
import { findUser } from '../../../stores/mysql/users.js';
import type { AdminStores } from '../adminStores.js';
import { presentUser } from './presenters.js';

/** `GET /admin/users/:id` */
export function createShowUser({ sequelize }: AdminStores): Handler {
  return async (ctx) => {
    const user = await findUser(sequelize, idParam(ctx));
    if (user === undefined) throw new Refusal('NOT_FOUND');
    ctx.body = presentUser(user);
  };
}
