import type { Handler } from '../../../http/context.js';
import { idParam } from '../../../http/idParam.js';
import { allowUser } from '../../../stores/mysql/denyList.js';
import type { AdminStores } from '../adminStores.js';
import { presentUser } from './presenters.js';
import type { Staffed } from '../staffAuth.js';
import { updateUser } from './updateUser.js';

/** `DELETE /admin/users/:id/deny`: off the deny list. */
export function createAllowUser(stores: AdminStores): Handler<Staffed> {
  return async (ctx) => {
    const user = await updateUser(stores, ctx, {
      userId: idParam(ctx),
      action: 'user.allow',
      change: ({ id }, transaction) => allowUser(stores.sequelize, id, transaction),
    });
    ctx.body = presentUser(user);
  };
}
