import type { z } from 'zod';
import type { NewUserOutcome } from '../../../domain/wire.js';
import type { Handler } from '../../../http/context.js';
import { sealUser, type UserSeals } from '../../../http/sealUser.js';
import { findUserIds } from '../../../stores/mysql/users.js';
import type { AdminStores } from '../adminStores.js';
import { makeUser } from './makeUser.js';
import { presentNewUsers } from './presenters.js';
import type { newUsersSchema } from './schemas.js';
import type { Staffed } from '../staffAuth.js';

/** As many passwords as are hashed at once: with more of them waiting, a login would have to wait for all. */
const AT_ONCE = 2;

/**
 * `POST /admin/users/bulk`: makes those whose phone number is not registered and leaves the others as they are, so that it can
 * be sent again whatever became of it the first time. Each user is a change of their own.
 */
export function createCreateUsers(
  stores: AdminStores,
  seals: UserSeals,
): Handler<Staffed & { body: z.output<typeof newUsersSchema> }> {
  return async (ctx) => {
    const { users, dryRun } = ctx.state.body;
    const phones = users.map(({ phone }) => phone);
    const known = await findUserIds(stores.sequelize, phones);
    const waiting = users.filter(({ phone }) => !known.has(phone)).values();
    const made = new Map<string, string>();
    const work = async (): Promise<void> => {
      for (const user of waiting) {
        const id = (await makeUser(stores, ctx, await sealUser(user, seals)))?.id;
        if (id !== undefined) made.set(user.phone, id);
      }
    };
    if (!dryRun) await Promise.all(Array.from({ length: AT_ONCE }, work));
    // Asked again, for who was registered by somebody else in the meantime.
    const ids = dryRun ? known : await findUserIds(stores.sequelize, phones);
    ctx.body = presentNewUsers(
      phones.map((phone): NewUserOutcome => {
        const id = ids.get(phone) ?? null;
        return { phone, id, isNew: dryRun ? id === null : made.has(phone) };
      }),
      dryRun,
    );
  };
}
