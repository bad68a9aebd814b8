import type { z } from 'zod';
import type { Handler } from '../../../http/context.js';
import { idParam } from '../../../http/idParam.js';
import { allowUser } from '../../../stores/mysql/denyList.js';
import { setUserBlock } from '../../../stores/mysql/users.js';
import type { AdminStores } from '../adminStores.js';
import { presentUser } from './presenters.js';
import type { unblockSchema } from './schemas.js';
import type { Staffed } from '../staffAuth.js';
import { updateUser } from './updateUser.js';

/** `DELETE /admin/users/:id/block`: lifts the lock; with `?deny=true` the user leaves the deny list in the same breath. */
export function createUnblockUser(stores: AdminStores): Handler<Staffed & { query: z.output<typeof unblockSchema> }> {
  const { sequelize } = stores;
  return async (ctx) => {
    const { deny } = ctx.state.query;
    const user = await updateUser(stores, ctx, {
      userId: idParam(ctx),
      action: 'user.unblock',
      async change({ id }, transaction) {
        await setUserBlock(sequelize, id, undefined, transaction);
        if (deny) await allowUser(sequelize, id, transaction);
      },
    });
    ctx.body = presentUser(user);
  };
}
