import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import { limitNames, type LimitName, type SomeLimits } from '../../domain/limits.js';
import { toDatetime } from './toDatetime.js';

/** What staff have set for all events. `version` rises with every change; 0 when nothing was ever set. */
export interface StoredLimits {
  version: number;
  limits: SomeLimits;
}

/** The row that counts the changes; whoever holds its lock changes the limits. */
const VERSION = 'version';

/** @param options.lock inside a transaction: nobody else changes the limits until it ends */
export async function readStoredLimits(
  sequelize: Sequelize,
  options: { transaction?: Transaction; lock?: boolean } = {},
): Promise<StoredLimits> {
  const transaction = options.transaction ?? null;
  const select = 'SELECT name, value FROM live_limits';
  if (options.lock === true) {
    await sequelize.query(`${select} WHERE name = ? FOR UPDATE`, { replacements: [VERSION], transaction });
  }
  const rows = await sequelize.query<{ name: string; value: number }>(select, { type: QueryTypes.SELECT, transaction });
  const values = new Map(rows.map((row) => [row.name, row.value]));
  const limits: SomeLimits = {};
  for (const name of limitNames) if (values.has(name)) limits[name] = values.get(name)!;
  return { version: values.get(VERSION) ?? 0, limits };
}

/**
 * Sets limits for all events; null takes one back. Two who change at once do so one after the other: the first statement takes
 * the lock of the version's row.
 *
 * @returns what stood before and what stands now
 */
export async function storeLimits(
  sequelize: Sequelize,
  changes: Partial<Record<LimitName, number | null>>,
  changedBy: string,
  transaction: Transaction,
): Promise<{ before: StoredLimits; after: StoredLimits }> {
  const now = toDatetime(Date.now());
  const set = (name: string, value: number, update: string, ...values: unknown[]) =>
    sequelize.query(
      `INSERT INTO live_limits (name, value, changed_by, changed_at)
       VALUES (?, ?, ?, ?)
           ON DUPLICATE KEY UPDATE value = ${update}, changed_by = ?, changed_at = ?`,
      { replacements: [name, value, changedBy, now, ...values, changedBy, now], transaction },
    );
  await set(VERSION, 1, 'value + 1');
  const before = await readStoredLimits(sequelize, { transaction });
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) {
      await sequelize.query('DELETE FROM live_limits WHERE name = ?', { replacements: [name], transaction });
    } else {
      await set(name, value, '?', value);
    }
  }
  return { before, after: await readStoredLimits(sequelize, { transaction }) };
}
