import type { z } from 'zod';
import type { Handler } from '../../../http/context.js';
import { nextCursor, toRange } from '../../../http/pageSchema.js';
import { listAuditRecords } from '../../../stores/mysql/auditLog.js';
import type { AdminStores } from '../adminStores.js';
import { presentAuditLog } from './presenters.js';
import type { auditLogSchema } from './schemas.js';

/** `GET /admin/audit-log`: who changed what, the newest first. */
export function createListAuditLog({ sequelize }: AdminStores): Handler<{ query: z.output<typeof auditLogSchema> }> {
  return async (ctx) => {
    const { limit, cursor, since, ...filter } = ctx.state.query;
    const records = await listAuditRecords(sequelize, {
      ...toRange({ limit, cursor }),
      ...filter,
      since: since === undefined ? undefined : new Date(since),
    });
    ctx.body = presentAuditLog(records, nextCursor(records, limit));
  };
}
