import type { z } from 'zod';
import type { Handler } from '../../../http/context.js';
import { idParam } from '../../../http/idParam.js';
import { denyUser } from '../../../stores/mysql/denyList.js';
import type { AdminStores } from '../adminStores.js';
import { presentUser } from './presenters.js';
import type { denySchema } from './schemas.js';
import type { Staffed } from '../staffAuth.js';
import { updateUser } from './updateUser.js';

/** `POST /admin/users/:id/deny`: onto the deny list, which the rule filter `untrustworthy` asks. */
export function createDenyUser(stores: AdminStores): Handler<Staffed & { body: z.output<typeof denySchema> }> {
  return async (ctx) => {
    const { reason } = ctx.state.body;
    const createdBy = ctx.state.staff.username;
    const user = await updateUser(stores, ctx, {
      userId: idParam(ctx),
      action: 'user.deny',
      change: ({ id }, transaction) => denyUser(stores.sequelize, { userId: id, reason, createdBy }, transaction),
    });
    ctx.body = presentUser(user);
  };
}
