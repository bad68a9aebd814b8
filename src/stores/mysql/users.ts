import { QueryTypes, UniqueConstraintError, type Sequelize, type Transaction } from 'sequelize';
import type { AccessUser } from '../../domain/access/filter.js';
import { toDatetime } from './toDatetime.js';

export interface NewUser {
  phone: string;
  name: string | null;
  passwordHash: string;
  /** `YYYY-MM-DD` */
  birthDate: string | null;
  workStatus: string | null;
  nationalIdEncrypted: Buffer | null;
  nationalIdLast4: string | null;
}

/** A user without what nobody needs to see: the password's hash and the encrypted id. */
export interface StoredUser {
  id: string;
  phone: string;
  name: string | null;
  birthDate: string | null;
  workStatus: string | null;
  nationalIdLast4: string | null;
  blockedAt: Date | null;
  deniedReason: string | null;
  createdAt: Date;
}

interface Row {
  id: number | string;
  phone: string;
  name: string | null;
  birth_date: string | null;
  work_status: string | null;
  national_id_last4: string | null;
  blocked_at: Date | null;
  denied_reason: string | null;
  created_at: Date;
}

// DATE_FORMAT: a date without a time has no time zone either, and must not get one on its way.
const SELECT_USERS = `
  SELECT users.id, users.phone, users.name, DATE_FORMAT(users.birth_date, '%Y-%m-%d') AS birth_date,
         users.work_status, users.national_id_last4, users.blocked_at, users.created_at,
         deny_list.reason AS denied_reason
    FROM users
    LEFT JOIN deny_list ON deny_list.user_id = users.id`;

/** @returns the new user's id, or undefined when the phone number is registered already */
export async function insertUser(sequelize: Sequelize, user: NewUser): Promise<string | undefined> {
  try {
    const [id] = await sequelize.query(
      `INSERT INTO users
         (phone, name, password_hash, birth_date, work_status, national_id_encrypted, national_id_last4, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      {
        replacements: [
          user.phone,
          user.name,
          user.passwordHash,
          user.birthDate,
          user.workStatus,
          user.nationalIdEncrypted,
          user.nationalIdLast4,
          toDatetime(Date.now()),
        ],
        type: QueryTypes.INSERT,
      },
    );
    return String(id);
  } catch (error) {
    if (error instanceof UniqueConstraintError) return undefined;
    throw error;
  }
}

/** What login needs, by the users_phone key. */
export async function findCredentials(
  sequelize: Sequelize,
  phone: string,
): Promise<{ id: string; passwordHash: string; isBlocked: boolean } | undefined> {
  const [row] = await sequelize.query<{ id: number | string; password_hash: string; blocked_at: Date | null }>(
    'SELECT id, password_hash, blocked_at FROM users WHERE phone = ?',
    { replacements: [phone], type: QueryTypes.SELECT },
  );
  return row && { id: String(row.id), passwordHash: row.password_hash, isBlocked: row.blocked_at !== null };
}

/** @param options.lock inside a transaction: hold the row until it ends */
export async function findUser(
  sequelize: Sequelize,
  userId: string,
  options: { transaction?: Transaction; lock?: boolean } = {},
): Promise<StoredUser | undefined> {
  const [row] = await sequelize.query<Row>(
    `${SELECT_USERS} WHERE users.id = ?${options.lock === true ? ' FOR UPDATE' : ''}`,
    { replacements: [userId], type: QueryTypes.SELECT, transaction: options.transaction ?? null },
  );
  return row && parseRow(row);
}

/** What access rules know of these users, by id; who does not exist is missing. */
export async function findAccessUsers(
  sequelize: Sequelize,
  userIds: readonly string[],
): Promise<Map<string, AccessUser>> {
  if (userIds.length === 0) return new Map();
  const rows = await sequelize.query<Row>(`${SELECT_USERS} WHERE users.id IN (?)`, {
    replacements: [userIds],
    type: QueryTypes.SELECT,
  });
  return new Map(
    rows.map(parseRow).map((user) => [
      user.id,
      {
        id: user.id,
        birthDate: user.birthDate,
        workStatus: user.workStatus,
        registeredAtMs: user.createdAt.getTime(),
        isBlocked: user.blockedAt !== null,
        isDenied: user.deniedReason !== null,
      },
    ]),
  );
}

/**
 * Users with the newest first.
 *
 * @param options.phone only the one with exactly this number
 * @param options.beforeId continue after this user (the last of the page before)
 */
export async function listUsers(
  sequelize: Sequelize,
  options: { phone?: string; beforeId?: string; limit: number },
): Promise<StoredUser[]> {
  const conditions = ['1 = 1'];
  const replacements: unknown[] = [];
  if (options.phone !== undefined) {
    conditions.push('users.phone = ?');
    replacements.push(options.phone);
  }
  if (options.beforeId !== undefined) {
    conditions.push('users.id < ?');
    replacements.push(options.beforeId);
  }
  const rows = await sequelize.query<Row>(
    `${SELECT_USERS} WHERE ${conditions.join(' AND ')} ORDER BY users.id DESC LIMIT ?`,
    { replacements: [...replacements, options.limit], type: QueryTypes.SELECT },
  );
  return rows.map(parseRow);
}

/** Blocks a user or lifts the block. The caller bumps the user's version after the commit. */
export async function setUserBlocked(
  sequelize: Sequelize,
  userId: string,
  isBlocked: boolean,
  transaction: Transaction,
): Promise<void> {
  await sequelize.query('UPDATE users SET blocked_at = ? WHERE id = ?', {
    replacements: [isBlocked ? toDatetime(Date.now()) : null, userId],
    transaction,
  });
}

function parseRow(row: Row): StoredUser {
  return {
    id: String(row.id),
    phone: row.phone,
    name: row.name,
    birthDate: row.birth_date,
    workStatus: row.work_status,
    nationalIdLast4: row.national_id_last4,
    blockedAt: row.blocked_at,
    deniedReason: row.denied_reason,
    createdAt: row.created_at,
  };
}
