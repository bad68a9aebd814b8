import type { z } from 'zod';
import type { Handler } from '../../../http/context.js';
import { nextCursor, toRange, type pageSchema } from '../../../http/pageSchema.js';
import { listAuditRecords } from '../../../stores/mysql/auditLog.js';
import type { AdminStores } from '../adminStores.js';
import { presentAuditLog } from './presenters.js';

/** `GET /admin/audit-log`: who changed what, the newest first. */
export function createListAuditLog({ sequelize }: AdminStores): Handler<{ query: z.output<typeof pageSchema> }> {
  return async (ctx) => {
    const page = ctx.state.query;
    const records = await listAuditRecords(sequelize, toRange(page));
    ctx.body = presentAuditLog(records, nextCursor(records, page.limit));
  };
}
