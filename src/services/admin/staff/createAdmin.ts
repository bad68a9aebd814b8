import type { z } from 'zod';
import { Refusal } from '../../../domain/errorCatalogue.js';
import type { Handler } from '../../../http/context.js';
import type { Passwords } from '../../../http/passwords.js';
import { insertAdmin } from '../../../stores/mysql/admins.js';
import type { AdminStores } from '../adminStores.js';
import { presentAdmin } from './presenters.js';
import { recordChange } from '../recordChange.js';
import type { newAdminSchema } from './schemas.js';
import type { Staffed } from '../staffAuth.js';

/** `POST /admin/admins` */
export function createCreateAdmin(
  stores: AdminStores,
  passwords: Passwords,
): Handler<Staffed & { body: z.output<typeof newAdminSchema> }> {
  return async (ctx) => {
    const { username, password, role } = ctx.state.body;
    const passwordHash = await passwords.hash(password);
    const id = await recordChange(stores, ctx, async (transaction, record) => {
      const made = await insertAdmin(stores.sequelize, { username, passwordHash, role }, transaction);
      if (made === undefined) throw new Refusal('NAME_TAKEN');
      await record({ action: 'admin.create', targetType: 'admin', targetId: made, after: { username, role } });
      return made;
    });
    ctx.status = 201;
    ctx.body = presentAdmin({ id, username, role });
  };
}
