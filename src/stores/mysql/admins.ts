import { QueryTypes, UniqueConstraintError, type Sequelize, type Transaction } from 'sequelize';
import { hashPassword, type PasswordCost } from '../../domain/password.js';
import type { StaffRole } from '../../domain/staffRole.js';
import { toDatetime } from './toDatetime.js';

export interface StoredAdmin {
  id: string;
  username: string;
  passwordHash: string;
  role: StaffRole;
  isDisabled: boolean;
}

interface Row {
  id: number | string;
  username: string;
  password_hash: string;
  role: StaffRole;
  disabled_at: Date | null;
}

const SELECT_ADMINS = 'SELECT id, username, password_hash, role, disabled_at FROM admins';

/** By the admins_username key; user names are told apart as MySQL's collation does, so `Ann` is `ann`. */
export async function findAdminByName(sequelize: Sequelize, username: string): Promise<StoredAdmin | undefined> {
  const [row] = await sequelize.query<Row>(`${SELECT_ADMINS} WHERE username = ?`, {
    replacements: [username],
    type: QueryTypes.SELECT,
  });
  return row && parseRow(row);
}

export async function findAdmin(sequelize: Sequelize, adminId: string): Promise<StoredAdmin | undefined> {
  const [row] = await sequelize.query<Row>(`${SELECT_ADMINS} WHERE id = ?`, {
    replacements: [adminId],
    type: QueryTypes.SELECT,
  });
  return row && parseRow(row);
}

/** @returns the new admin's id, or undefined when the name is taken */
export async function insertAdmin(
  sequelize: Sequelize,
  admin: { username: string; passwordHash: string; role: StaffRole },
  transaction?: Transaction,
): Promise<string | undefined> {
  try {
    const [id] = await sequelize.query(
      'INSERT INTO admins (username, password_hash, role, created_at) VALUES (?, ?, ?, ?)',
      {
        replacements: [admin.username, admin.passwordHash, admin.role, toDatetime(Date.now())],
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

/**
 * Makes sure that a member of staff of this name exists. One who does is left as they are, password and role included: who
 * starts the system again must not undo what was changed since.
 *
 * @returns whether it was made now
 */
export async function ensureAdmin(
  sequelize: Sequelize,
  admin: { username: string; password: string; role?: StaffRole; cost?: PasswordCost },
): Promise<boolean> {
  const { username, password, role = 'admin', cost } = admin;
  if ((await findAdminByName(sequelize, username)) !== undefined) return false;
  const passwordHash = await hashPassword(password, cost);
  return (await insertAdmin(sequelize, { username, passwordHash, role })) !== undefined;
}

function parseRow(row: Row): StoredAdmin {
  return {
    id: String(row.id),
    username: row.username,
    passwordHash: row.password_hash,
    role: row.role,
    isDisabled: row.disabled_at !== null,
  };
}
