import type { z } from 'zod';
import { Refusal } from '../../../domain/errorCatalogue.js';
import type { EventAudit } from '../../../domain/wire.js';
import type { Handler } from '../../../http/context.js';
import { auditEvent } from '../../../stores/auditEvent.js';
import { listSaleEventIds } from '../../../stores/mysql/saleEvents.js';
import type { AdminStores } from '../adminStores.js';
import { presentAudit } from './presenters.js';
import type { auditSchema } from './schemas.js';

/** `GET /admin/audit`: the invariants of one event or of all. What it finds is still a 200: the check itself went well. */
export function createAudit(
  stores: AdminStores,
  stuckAfterSeconds: number,
): Handler<{ query: z.output<typeof auditSchema> }> {
  return async (ctx) => {
    const { eventId } = ctx.state.query;
    const events: EventAudit[] = [];
    // One after the other: each reads all orders of its event.
    for (const id of eventId === undefined ? await listSaleEventIds(stores.sequelize) : [eventId]) {
      const audit = await auditEvent(stores, id, { stuckAfterSeconds });
      if (audit !== undefined) events.push(audit);
    }
    if (eventId !== undefined && events.length === 0) throw new Refusal('NOT_FOUND');
    ctx.body = presentAudit(events);
  };
}
