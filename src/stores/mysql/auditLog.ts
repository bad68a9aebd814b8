import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import { toDatetime } from './toDatetime.js';

/** Who changed what. `before` and `after` are what the change touched, as JSON; undefined for what was or is not there. */
export interface AuditRecord {
  /** `staff 3 (ann)` */
  actor: string;
  /** `event.create`, `user.deny`, … */
  action: string;
  targetType: string;
  targetId: string;
  before?: unknown;
  after?: unknown;
  requestId?: string;
}

export interface StoredAuditRecord {
  id: string;
  at: Date;
  actor: string;
  action: string;
  targetType: string;
  targetId: string;
  before: unknown;
  after: unknown;
  requestId: string | null;
}

interface Row {
  id: number | string;
  at: Date;
  actor: string;
  action: string;
  target_type: string;
  target_id: string;
  before_value: string | null;
  after_value: string | null;
  request_id: string | null;
}

/** Written in the transaction of the change itself: there is no change without its record, and no record without its change. */
export async function insertAuditRecord(
  sequelize: Sequelize,
  record: AuditRecord,
  transaction: Transaction,
): Promise<void> {
  await sequelize.query(
    `INSERT INTO audit_log (at, actor, action, target_type, target_id, before_value, after_value, request_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    {
      replacements: [
        toDatetime(Date.now()),
        record.actor,
        record.action,
        record.targetType,
        record.targetId,
        record.before === undefined ? null : JSON.stringify(record.before),
        record.after === undefined ? null : JSON.stringify(record.after),
        record.requestId ?? null,
      ],
      transaction,
    },
  );
}

/**
 * Records with the newest first.
 *
 * @param options.beforeId continue after this record (the last of the page before)
 */
export async function listAuditRecords(
  sequelize: Sequelize,
  options: { limit: number; beforeId?: string },
): Promise<StoredAuditRecord[]> {
  const rows = await sequelize.query<Row>(
    `SELECT id, at, actor, action, target_type, target_id, before_value, after_value, request_id
       FROM audit_log
      ${options.beforeId === undefined ? '' : 'WHERE id < ?'}
      ORDER BY id DESC
      LIMIT ?`,
    {
      replacements: [...(options.beforeId === undefined ? [] : [options.beforeId]), options.limit],
      type: QueryTypes.SELECT,
    },
  );
  return rows.map(parseRow);
}

function parseRow(row: Row): StoredAuditRecord {
  return {
    id: String(row.id),
    at: row.at,
    actor: row.actor,
    action: row.action,
    targetType: row.target_type,
    targetId: row.target_id,
    before: row.before_value === null ? null : JSON.parse(row.before_value),
    after: row.after_value === null ? null : JSON.parse(row.after_value),
    requestId: row.request_id,
  };
}
