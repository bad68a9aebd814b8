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
  /** The name of a member of staff; null as well for who was blocked before this was kept. */
  blockedBy: string | null;
  blockedReason: string | null;
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
  blocked_by: string | null;
  blocked_reason: string | null;
  denied_reason: string | null;
  created_at: Date;
}

// DATE_FORMAT: a date without a time has no time zone either, and must not get one on its way.
const SELECT_USERS = `
  SELECT users.id, users.phone, users.name, DATE_FORMAT(users.birth_date, '%Y-%m-%d') AS birth_date,
         users.work_status, users.national_id_last4, users.blocked_at, users.blocked_by, users.blocked_reason,
         users.created_at, deny_list.reason AS denied_reason
    FROM users
    LEFT JOIN deny_list ON deny_list.user_id = users.id`;

/** @returns the new user's id, or undefined when the phone number is registered already */
export async function insertUser(
  sequelize: Sequelize,
  user: NewUser,
  transaction?: Transaction,
): Promise<string | undefined> {
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
        transaction: transaction ?? null,
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
 * @param options.isBlocked only those whose account is locked, or is not
 * @param options.isDenied only those who are on the deny list, or are not
 * @param options.beforeId continue after this user (the last of the page before)
 */
export async function listUsers(
  sequelize: Sequelize,
  options: { phone?: string; isBlocked?: boolean; isDenied?: boolean; beforeId?: string; limit: number },
): Promise<StoredUser[]> {
  const conditions = ['1 = 1'];
  const replacements: unknown[] = [];
  if (options.phone !== undefined) {
    conditions.push('users.phone = ?');
    replacements.push(options.phone);
  }
  if (options.isBlocked !== undefined)
    conditions.push(`users.blocked_at IS ${options.isBlocked ? 'NOT NULL' : 'NULL'}`);
  if (options.isDenied !== undefined) conditions.push(`deny_list.user_id IS ${options.isDenied ? 'NOT NULL' : 'NULL'}`);
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

/** Which of these phone numbers are registered, and the ids of their users. By the users_phone key. */
export async function findUserIds(sequelize: Sequelize, phones: readonly string[]): Promise<Map<string, string>> {
  if (phones.length === 0) return new Map();
  const rows = await sequelize.query<{ id: number | string; phone: string }>(
    'SELECT id, phone FROM users WHERE phone IN (?)',
    { replacements: [phones], type: QueryTypes.SELECT },
  );
  return new Map(rows.map(({ id, phone }) => [phone, String(id)]));
}

/**
 * Locks a user's account, or lifts the lock; who is locked already stays so since then, with the new reason. The caller bumps
 * the user's version after the commit.
 *
 * @param block undefined lifts it
 */
export async function setUserBlock(
  sequelize: Sequelize,
  userId: string,
  block: { by: string; reason: string | undefined } | undefined,
  transaction: Transaction,
): Promise<void> {
  await sequelize.query(
    block === undefined
      ? 'UPDATE users SET blocked_at = NULL, blocked_by = NULL, blocked_reason = NULL WHERE id = ?'
      : 'UPDATE users SET blocked_at = COALESCE(blocked_at, ?), blocked_by = ?, blocked_reason = ? WHERE id = ?',
    {
      replacements: block === undefined ? [userId] : [toDatetime(Date.now()), block.by, block.reason ?? null, userId],
      transaction,
    },
  );
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
    blockedBy: row.blocked_by,
    blockedReason: row.blocked_reason,
    deniedReason: row.denied_reason,
    createdAt: row.created_at,
  };
}
