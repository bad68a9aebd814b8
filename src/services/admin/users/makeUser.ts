import type { Ctx } from '../../../http/context.js';
import { findUser, insertUser, type NewUser, type StoredUser } from '../../../stores/mysql/users.js';
import type { AdminStores } from '../adminStores.js';
import { viewNationalId } from './presenters.js';
import { recordChange } from '../recordChange.js';
import type { Staffed } from '../staffAuth.js';

/**
 * Makes a user in the name of a member of staff; who has the phone number already is left as they are.
 *
 * @returns undefined when the phone number is registered
 */
export async function makeUser(stores: AdminStores, ctx: Ctx<Staffed>, user: NewUser): Promise<StoredUser | undefined> {
  const { sequelize } = stores;
  return recordChange(stores, ctx, async (transaction, record) => {
    const id = await insertUser(sequelize, user, transaction);
    if (id === undefined) return undefined;
    const { phone, name, birthDate, workStatus, nationalIdLast4 } = user;
    await record({
      action: 'user.create',
      targetType: 'user',
      targetId: id,
      after: { phone, name, birthDate, workStatus, nationalId: viewNationalId(nationalIdLast4) },
    });
    return findUser(sequelize, id, { transaction });
  });
}
