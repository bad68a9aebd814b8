import { QueryTypes, UniqueConstraintError, type Sequelize, type Transaction } from 'sequelize';
import { hashPassword, type PasswordCost } from '../../domain/password.js';
import type { StaffRole } from '../../domain/staffRole.js';
import { toDatetime } from './toDatetime.js';

export interface StoredAdmin {
  id: string;
  username: string;
  passwordHash: string;
  role: StaffRole;
  /** Null for who may log in. */
  disabledAt: Date | null;
  createdAt: Date;
  /** Null for who has the first password. */
  passwordChangedAt: Date | null;
}

interface Row {
  id: number | string;
  username: string;
  password_hash: string;
  role: StaffRole;
  disabled_at: Date | null;
  created_at: Date;
  password_changed_at: Date | null;
}

const SELECT_ADMINS = `
  SELECT id, username, password_hash, role, disabled_at, created_at, password_changed_at
    FROM admins`;

/** By the admins_username key; user names are told apart as MySQL's collation does, so `Ann` is `ann`. */
export async function findAdminByName(sequelize: Sequelize, username: string): Promise<StoredAdmin | undefined> {
  const [row] = await sequelize.query<Row>(`${SELECT_ADMINS} WHERE username = ?`, {
    replacements: [username],
    type: QueryTypes.SELECT,
  });
  return row && parseRow(row);
}

/** @param transaction in which the row is locked until it ends */
export async function findAdmin(
  sequelize: Sequelize,
  adminId: string,
  transaction?: Transaction,
): Promise<StoredAdmin | undefined> {
  const [row] = await sequelize.query<Row>(
    `${SELECT_ADMINS} WHERE id = ?${transaction === undefined ? '' : ' FOR UPDATE'}`,
    { replacements: [adminId], type: QueryTypes.SELECT, transaction: transaction ?? null },
  );
  return row && parseRow(row);
}

/** All of them, in the order of their names: a shop has dozens of staff, not thousands. */
export async function listAdmins(sequelize: Sequelize): Promise<StoredAdmin[]> {
  const rows = await sequelize.query<Row>(`${SELECT_ADMINS} ORDER BY username`, { type: QueryTypes.SELECT });
  return rows.map(parseRow);
}

/**
 * Ids of those who can manage staff, locked until the transaction ends: so of two who would each take away the other's right at
 * the same time, the second sees what the first has done.
 */
export async function lockEnabledAdmins(sequelize: Sequelize, transaction: Transaction): Promise<string[]> {
  const rows = await sequelize.query<{ id: number | string }>(
    `SELECT id
       FROM admins
      WHERE role = 'admin'
        AND disabled_at IS NULL
      ORDER BY id
        FOR UPDATE`,
    { type: QueryTypes.SELECT, transaction },
  );
  return rows.map(({ id }) => String(id));
}

/** Changes role and access of a member of staff whose row the caller has locked. */
export async function updateAdmin(
  sequelize: Sequelize,
  adminId: string,
  { role, disabledAt }: Pick<StoredAdmin, 'role' | 'disabledAt'>,
  transaction: Transaction,
): Promise<void> {
  await sequelize.query('UPDATE admins SET role = ?, disabled_at = ? WHERE id = ?', {
    replacements: [role, disabledAt && toDatetime(disabledAt), adminId],
    transaction,
  });
}

/** Gives a member of staff, whose row the caller has locked, another password. */
export async function setAdminPassword(
  sequelize: Sequelize,
  adminId: string,
  { passwordHash, changedAt }: { passwordHash: string; changedAt: Date },
  transaction: Transaction,
): Promise<void> {
  await sequelize.query('UPDATE admins SET password_hash = ?, password_changed_at = ? WHERE id = ?', {
    replacements: [passwordHash, toDatetime(changedAt), adminId],
    transaction,
  });
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
    disabledAt: row.disabled_at,
    createdAt: row.created_at,
    passwordChangedAt: row.password_changed_at,
  };
}
