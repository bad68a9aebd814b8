import { isDeepStrictEqual } from 'node:util';
import type { Transaction } from 'sequelize';
import { Refusal } from '../../../domain/errorCatalogue.js';
import type { Ctx } from '../../../http/context.js';
import { findUser, type StoredUser } from '../../../stores/mysql/users.js';
import { bumpUserVersion } from '../../../stores/redis/userVersions.js';
import type { AdminStores } from '../adminStores.js';
import { recordChange } from '../recordChange.js';
import type { Staffed } from '../staffAuth.js';

export interface UserUpdate {
  userId: string;
  /** For the audit log: `user.deny`, … */
  action: string;
  change(user: StoredUser, transaction: Transaction): Promise<void>;
}

/**
 * Changes what access rules know of a user. The user's version rises twice: before the commit, so that with Redis away the
 * change is refused instead of being overlooked; and after it, so that a decision made in between is not kept.
 */
export async function updateUser(
  stores: AdminStores,
  ctx: Ctx<Staffed>,
  { userId, action, change }: UserUpdate,
): Promise<StoredUser> {
  const { sequelize, redis, log } = stores;
  const user = await recordChange(stores, ctx, async (transaction, record) => {
    const before = await findUser(sequelize, userId, { transaction, lock: true });
    if (before === undefined) throw new Refusal('NOT_FOUND');
    await change(before, transaction);
    const after = (await findUser(sequelize, userId, { transaction }))!;
    const standings = { before: standing(before), after: standing(after) };
    if (!isDeepStrictEqual(standings.before, standings.after))
      await record({ action, targetType: 'user', targetId: userId, ...standings });
    await bumpUserVersion(redis, userId);
    return after;
  });
  await bumpUserVersion(redis, userId).catch((error: unknown) =>
    log.warn({ err: error, userId }, 'an access decision about a changed user may live until it expires'),
  );
  return user;
}

function standing({ blockedAt, blockedBy, blockedReason, deniedReason }: StoredUser) {
  return { blockedAt, blockedBy, blockedReason, deniedReason };
}
