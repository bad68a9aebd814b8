import type { Handler } from '../../../http/context.js';
import { idParam } from '../../../http/idParam.js';
import { setUserBlocked } from '../../../stores/mysql/users.js';
import type { AdminStores } from '../adminStores.js';
import { presentUser } from './presenters.js';
import type { Staffed } from '../staffAuth.js';
import { updateUser } from './updateUser.js';

/** `POST` and `DELETE /admin/users/:id/block`: who is blocked can neither log in nor buy, whatever the rule says. */
export function createBlockUser(stores: AdminStores, isBlocked: boolean): Handler<Staffed> {
  return async (ctx) => {
    const user = await updateUser(stores, ctx, {
      userId: idParam(ctx),
      action: isBlocked ? 'user.block' : 'user.unblock',
      change: ({ id }, transaction) => setUserBlocked(stores.sequelize, id, isBlocked, transaction),
    });
    ctx.body = presentUser(user);
  };
}
