import type { z } from 'zod';
import { Refusal } from '../../../domain/errorCatalogue.js';
import type { Handler } from '../../../http/context.js';
import { idParam } from '../../../http/idParam.js';
import { nextCursor, toRange, type pageSchema } from '../../../http/pageSchema.js';
import { countAllowedUsers, listAllowedUsers } from '../../../stores/mysql/allowList.js';
import { findSaleEvent } from '../../../stores/mysql/saleEvents.js';
import type { AdminStores } from '../adminStores.js';
import { asksAllowList } from './asksAllowList.js';
import { presentAllowList } from './presenters.js';

/** `GET /admin/spike/:id/allow`: who stands on the allow list, the users who registered last first. */
export function createListAllowed({ sequelize }: AdminStores): Handler<{ query: z.output<typeof pageSchema> }> {
  return async (ctx) => {
    const eventId = idParam(ctx);
    const page = ctx.state.query;
    const event = await findSaleEvent(sequelize, eventId);
    if (event === undefined) throw new Refusal('NOT_FOUND');
    const users = await listAllowedUsers(sequelize, eventId, toRange(page));
    const total = await countAllowedUsers(sequelize, eventId);
    ctx.body = presentAllowList(users, { total, inRule: asksAllowList(event), next: nextCursor(users, page.limit) });
  };
}
