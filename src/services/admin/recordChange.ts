import type { Transaction } from 'sequelize';
import type { Ctx } from '../../http/context.js';
import { insertAuditRecord, type AuditRecord } from '../../stores/mysql/auditLog.js';
import type { AdminStores } from './adminStores.js';
import type { Staffed } from './staffAuth.js';

/** What was changed; who did it, and in which request, the context says. */
export type Change = Omit<AuditRecord, 'actor' | 'requestId'>;

/**
 * Makes a change and writes it down in one transaction. The work says what it changed through `record`; when it throws,
 * neither the change nor its record exists.
 */
export async function recordChange<T>(
  { sequelize }: Pick<AdminStores, 'sequelize'>,
  ctx: Ctx<Staffed>,
  work: (transaction: Transaction, record: (change: Change) => Promise<void>) => Promise<T>,
): Promise<T> {
  const { staff, requestId } = ctx.state;
  return sequelize.transaction((transaction) =>
    work(transaction, (change) =>
      insertAuditRecord(sequelize, { ...change, actor: staff.username, requestId }, transaction),
    ),
  );
}
