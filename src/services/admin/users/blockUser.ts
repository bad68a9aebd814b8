import type { z } from 'zod';
import type { Handler } from '../../../http/context.js';
import { idParam } from '../../../http/idParam.js';
import { denyUser } from '../../../stores/mysql/denyList.js';
import { setUserBlock } from '../../../stores/mysql/users.js';
import type { AdminStores } from '../adminStores.js';
import { presentUser } from './presenters.js';
import type { blockSchema } from './schemas.js';
import type { Staffed } from '../staffAuth.js';
import { updateUser } from './updateUser.js';

/**
 * `POST /admin/users/:id/block`: who is blocked can neither log in nor buy, whatever the rule says. With `deny` they come onto
 * the deny list in the same breath.
 */
export function createBlockUser(stores: AdminStores): Handler<Staffed & { body: z.output<typeof blockSchema> }> {
  const { sequelize } = stores;
  return async (ctx) => {
    const { reason, deny } = ctx.state.body;
    const by = ctx.state.staff.username;
    const user = await updateUser(stores, ctx, {
      userId: idParam(ctx),
      action: 'user.block',
      async change({ id }, transaction) {
        await setUserBlock(sequelize, id, { by, reason }, transaction);
        if (deny && reason !== undefined) await denyUser(sequelize, { userId: id, reason, createdBy: by }, transaction);
      },
    });
    ctx.body = presentUser(user);
  };
}
