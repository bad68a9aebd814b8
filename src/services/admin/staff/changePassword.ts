import type { Ctx } from '../../../http/context.js';
import { Refusal } from '../../../domain/errorCatalogue.js';
import { findAdmin, setAdminPassword, type StoredAdmin } from '../../../stores/mysql/admins.js';
import type { AdminStores } from '../adminStores.js';
import { recordChange } from '../recordChange.js';
import type { Staffed } from '../staffAuth.js';

export interface PasswordChange {
  adminId: string;
  passwordHash: string;
  /** The hash that the old password was found right against; undefined when an admin does it. */
  oldHash?: string;
}

/**
 * Gives a member of staff another password. Tokens from before are void with the commit (see `tokenVersion`), and of two changes
 * by the same old password only the first is made.
 *
 * @throws Refusal NOT_FOUND, or BAD_CREDENTIALS when the old password is not the one any more
 */
export async function changePassword(
  stores: AdminStores,
  ctx: Ctx<Staffed>,
  { adminId, passwordHash, oldHash }: PasswordChange,
): Promise<StoredAdmin> {
  const { sequelize } = stores;
  return recordChange(stores, ctx, async (transaction, record) => {
    const before = await findAdmin(sequelize, adminId, transaction);
    if (before === undefined) throw new Refusal('NOT_FOUND');
    if (oldHash !== undefined && before.passwordHash !== oldHash) throw new Refusal('BAD_CREDENTIALS');
    const changedAt = laterThan(before.passwordChangedAt);
    await setAdminPassword(sequelize, adminId, { passwordHash, changedAt }, transaction);
    const { username, passwordChangedAt } = before;
    await record({
      action: 'admin.password',
      targetType: 'admin',
      targetId: adminId,
      before: { username, passwordChangedAt },
      after: { username, passwordChangedAt: changedAt },
    });
    return { ...before, passwordHash, passwordChangedAt: changedAt };
  });
}

/** Now, but never the same millisecond as the change before: each password has a version of its own. */
function laterThan(before: Date | null): Date {
  return new Date(Math.max(Date.now(), (before?.getTime() ?? 0) + 1));
}
