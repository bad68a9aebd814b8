import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import { NO_PASSWORD } from '../../domain/password.js';
import { toDatetime } from './toDatetime.js';

/** Numbers of a country code that nobody has (+999), so that no test buyer is a person's. */
const PHONE_START = 999_000_000_000;
/** Old enough, and at work: what the usual rules ask. */
const BIRTH_DATE = '1990-01-01';
const WORK_STATUS = 'employed';

/**
 * Makes those of `count` test buyers that do not exist, in one statement. The buyer of a number is the same in every run; a
 * number that somebody registered under is left alone, and is no test buyer.
 *
 * @param range.from the number of the first, from 0
 * @returns how many were made
 */
export async function insertTestBuyers(
  sequelize: Sequelize,
  { from, count }: { from: number; count: number },
  transaction: Transaction,
): Promise<number> {
  const known = await sequelize.query<{ phone: string }>('SELECT phone FROM users WHERE phone IN (?)', {
    replacements: [phones(from, count)],
    type: QueryTypes.SELECT,
    transaction,
  });
  const taken = new Set(known.map(({ phone }) => phone));
  const now = toDatetime(Date.now());
  const rows = phones(from, count)
    .filter((phone) => !taken.has(phone))
    .map((phone) => [phone, NO_PASSWORD, BIRTH_DATE, WORK_STATUS, 1, now]);
  if (rows.length === 0) return 0;
  // Two who make the same buyers at once make them once.
  await sequelize.query(
    `INSERT INTO users (phone, password_hash, birth_date, work_status, is_test, created_at)
     VALUES :rows
     ON DUPLICATE KEY UPDATE phone = phone`,
    { replacements: { rows }, transaction },
  );
  return rows.length;
}

/** The ids of the test buyers of this range, the lowest number first. By the users_phone key. */
export async function listTestBuyers(
  sequelize: Sequelize,
  { from, count }: { from: number; count: number },
): Promise<string[]> {
  const rows = await sequelize.query<{ id: number | string }>(
    'SELECT id FROM users WHERE phone IN (?) AND is_test = 1 AND blocked_at IS NULL ORDER BY phone',
    { replacements: [phones(from, count)], type: QueryTypes.SELECT },
  );
  return rows.map(({ id }) => String(id));
}

/** Which of these users are test buyers. */
export async function findTestBuyers(sequelize: Sequelize, userIds: readonly string[]): Promise<Set<string>> {
  const rows = await sequelize.query<{ id: number | string }>(
    'SELECT id FROM users WHERE id IN (?) AND is_test = 1 AND blocked_at IS NULL',
    { replacements: [userIds], type: QueryTypes.SELECT },
  );
  return new Set(rows.map(({ id }) => String(id)));
}

function phones(from: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `+${PHONE_START + from + index}`);
}
