import { QueryTypes, UniqueConstraintError, type Sequelize, type Transaction } from 'sequelize';
import { toDatetime } from './toDatetime.js';

export interface StoredCommodity {
  id: string;
  name: string;
  description: string | null;
  createdAt: Date;
  updatedAt: Date;
}

interface Row {
  id: number | string;
  name: string;
  description: string | null;
  created_at: Date;
  updated_at: Date;
}

const SELECT_COMMODITIES = 'SELECT id, name, description, created_at, updated_at FROM commodities';

/** @returns the new commodity's id, or undefined when the name is taken */
export async function insertCommodity(
  sequelize: Sequelize,
  commodity: { name: string; description: string | null },
  transaction: Transaction,
): Promise<string | undefined> {
  const now = toDatetime(Date.now());
  try {
    const [id] = await sequelize.query(
      'INSERT INTO commodities (name, description, created_at, updated_at) VALUES (?, ?, ?, ?)',
      { replacements: [commodity.name, commodity.description, now, now], type: QueryTypes.INSERT, transaction },
    );
    return String(id);
  } catch (error) {
    if (error instanceof UniqueConstraintError) return undefined;
    throw error;
  }
}

export async function findCommodity(
  sequelize: Sequelize,
  commodityId: string,
  transaction?: Transaction,
): Promise<StoredCommodity | undefined> {
  const [row] = await sequelize.query<Row>(`${SELECT_COMMODITIES} WHERE id = ?`, {
    replacements: [commodityId],
    type: QueryTypes.SELECT,
    transaction: transaction ?? null,
  });
  return row && parseRow(row);
}

/** The same with its row locked until the transaction ends: no event comes to sell it meanwhile. */
export async function lockCommodity(
  sequelize: Sequelize,
  commodityId: string,
  transaction: Transaction,
): Promise<StoredCommodity | undefined> {
  const [row] = await sequelize.query<Row>(`${SELECT_COMMODITIES} WHERE id = ? FOR UPDATE`, {
    replacements: [commodityId],
    type: QueryTypes.SELECT,
    transaction,
  });
  return row && parseRow(row);
}

/**
 * Changes a commodity whose row the caller has locked.
 *
 * @returns false when the name is taken
 */
export async function updateCommodity(
  sequelize: Sequelize,
  commodityId: string,
  { name, description }: Pick<StoredCommodity, 'name' | 'description'>,
  transaction: Transaction,
): Promise<boolean> {
  try {
    await sequelize.query('UPDATE commodities SET name = ?, description = ?, updated_at = ? WHERE id = ?', {
      replacements: [name, description, toDatetime(Date.now()), commodityId],
      transaction,
    });
    return true;
  } catch (error) {
    if (error instanceof UniqueConstraintError) return false;
    throw error;
  }
}

/** Ids of the events that sell a commodity, and how many deleted ones did: their rows stay and name it. */
export async function findEventsOfCommodity(
  sequelize: Sequelize,
  commodityId: string,
  transaction: Transaction,
): Promise<{ eventIds: string[]; deletedCount: number }> {
  const rows = await sequelize.query<{ id: number | string; deleted_at: Date | null }>(
    'SELECT id, deleted_at FROM sale_events WHERE commodity_id = ? ORDER BY id',
    { replacements: [commodityId], type: QueryTypes.SELECT, transaction },
  );
  const eventIds = rows.filter((row) => row.deleted_at === null).map((row) => String(row.id));
  return { eventIds, deletedCount: rows.length - eventIds.length };
}

/** Deletes a commodity whose row the caller has locked and that no event names. */
export async function deleteCommodity(
  sequelize: Sequelize,
  commodityId: string,
  transaction: Transaction,
): Promise<void> {
  await sequelize.query('DELETE FROM commodities WHERE id = ?', { replacements: [commodityId], transaction });
}

/**
 * Commodities with the newest first.
 *
 * @param options.beforeId continue after this commodity (the last of the page before)
 */
export async function listCommodities(
  sequelize: Sequelize,
  options: { limit: number; beforeId?: string },
): Promise<StoredCommodity[]> {
  const rows = await sequelize.query<Row>(
    `${SELECT_COMMODITIES} ${options.beforeId === undefined ? '' : 'WHERE id < ?'} ORDER BY id DESC LIMIT ?`,
    {
      replacements: [...(options.beforeId === undefined ? [] : [options.beforeId]), options.limit],
      type: QueryTypes.SELECT,
    },
  );
  return rows.map(parseRow);
}

function parseRow(row: Row): StoredCommodity {
  return {
    id: String(row.id),
    name: row.name,
    description: row.description,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
