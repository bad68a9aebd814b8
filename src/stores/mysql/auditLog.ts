import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import { toDatetime } from './toDatetime.js';

/** Who changed what. `before` and `after` are what the change touched, as JSON; undefined for what was or is not there. */
export interface AuditRecord {
  /** The name of a member of staff. */
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

export interface AuditLogFilter {
  limit: number;
  /** Continue after this record (the last of the page before). */
  beforeId?: string;
  actor?: string | undefined;
  action?: string | undefined;
  targetType?: string | undefined;
  targetId?: string | undefined;
  /** Made at or after this time. */
  since?: Date | undefined;
}

/** Records with the newest first. By the audit_log_target key where the target is given, else backwards by id. */
export async function listAuditRecords(sequelize: Sequelize, filter: AuditLogFilter): Promise<StoredAuditRecord[]> {
  const conditions: string[] = ['1 = 1'];
  const replacements: unknown[] = [];
  const where = (condition: string, value: unknown) => {
    if (value === undefined) return;
    conditions.push(condition);
    replacements.push(value);
  };
  where('id < ?', filter.beforeId);
  where('actor = ?', filter.actor);
  where('action = ?', filter.action);
  where('target_type = ?', filter.targetType);
  where('target_id = ?', filter.targetId);
  where('at >= ?', filter.since && toDatetime(filter.since));
  const rows = await sequelize.query<Row>(
    `SELECT id, at, actor, action, target_type, target_id, before_value, after_value, request_id
       FROM audit_log
      WHERE ${conditions.join(' AND ')}
      ORDER BY id DESC
      LIMIT ?`,
    { replacements: [...replacements, filter.limit], type: QueryTypes.SELECT },
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
