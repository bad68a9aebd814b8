import type { Sequelize, Transaction } from 'sequelize';
import { toDatetime } from './toDatetime.js';

/** Puts a user on the deny list; who is on it already gets the new reason. */
export async function denyUser(
  sequelize: Sequelize,
  entry: { userId: string; reason: string; createdBy: string },
  transaction: Transaction,
): Promise<void> {
  const { userId, reason, createdBy } = entry;
  await sequelize.query(
    `INSERT INTO deny_list (user_id, reason, created_by, created_at)
     VALUES (?, ?, ?, ?)
     ON DUPLICATE KEY UPDATE reason = ?, created_by = ?`,
    { replacements: [userId, reason, createdBy, toDatetime(Date.now()), reason, createdBy], transaction },
  );
}

/** Takes a user off the deny list; who is not on it stays off. */
export async function allowUser(sequelize: Sequelize, userId: string, transaction: Transaction): Promise<void> {
  await sequelize.query('DELETE FROM deny_list WHERE user_id = ?', { replacements: [userId], transaction });
}
