import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { Refusal } from '../../../domain/errorCatalogue.js';
import type { Handler } from '../../../http/context.js';
import { idParam } from '../../../http/idParam.js';
import { findAdmin, lockEnabledAdmins, updateAdmin, type StoredAdmin } from '../../../stores/mysql/admins.js';
import type { AdminStores } from '../adminStores.js';
import { presentStaff } from './presenters.js';
import { recordChange } from '../recordChange.js';
import type { adminChangeSchema } from './schemas.js';
import type { Staffed } from '../staffAuth.js';

type AdminChange = z.output<typeof adminChangeSchema>;

/**
 * `PUT /admin/admins/:id`: another role, or access taken away or given back, in force with the next request. Somebody who can
 * manage staff always remains.
 */
export function createChangeAdmin(stores: AdminStores): Handler<Staffed & { body: AdminChange }> {
  const { sequelize } = stores;
  return async (ctx) => {
    const adminId = idParam(ctx);
    const admin = await recordChange(stores, ctx, async (transaction, record) => {
      const enabled = await lockEnabledAdmins(sequelize, transaction);
      const before = await findAdmin(sequelize, adminId, transaction);
      if (before === undefined) throw new Refusal('NOT_FOUND');
      const after = changed(before, ctx.state.body);
      const isLast = enabled.length === 1 && enabled[0] === adminId;
      if (isLast && (after.role !== 'admin' || after.disabledAt !== null)) throw new Refusal('LAST_ADMIN');
      if (isDeepStrictEqual(standing(before), standing(after))) return before;
      await updateAdmin(sequelize, adminId, after, transaction);
      await record({
        action: 'admin.change',
        targetType: 'admin',
        targetId: adminId,
        before: standing(before),
        after: standing(after),
      });
      return after;
    });
    ctx.body = presentStaff(admin);
  };
}

/** Who is disabled already stays so since then. */
function changed(admin: StoredAdmin, { role = admin.role, disabled }: AdminChange): StoredAdmin {
  if (disabled === undefined) return { ...admin, role };
  return { ...admin, role, disabledAt: disabled ? (admin.disabledAt ?? new Date()) : null };
}

function standing({ username, role, disabledAt }: StoredAdmin) {
  return { username, role, disabled: disabledAt !== null };
}
