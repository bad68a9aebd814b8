import type { Sequelize } from 'sequelize';
import type { AccessUser } from '../../../domain/access/filter.js';
import { Refusal } from '../../../domain/errorCatalogue.js';
import { findAccessUsers } from '../../../stores/mysql/users.js';

/** @throws Refusal NOT_FOUND naming the user */
export async function requireUser(sequelize: Sequelize, userId: string): Promise<AccessUser> {
  const user = (await findAccessUsers(sequelize, [userId])).get(userId);
  if (user === undefined) throw new Refusal('NOT_FOUND', { reason: `there is no user ${userId}` });
  return user;
}
