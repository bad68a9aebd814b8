import type { z } from 'zod';
import type { Handler } from '../../../http/context.js';
import { nextCursor, toRange, type pageSchema } from '../../../http/pageSchema.js';
import { listSaleEvents } from '../../../stores/mysql/saleEvents.js';
import type { AdminStores } from '../adminStores.js';
import { presentEvents } from './presenters.js';
import type { ViewEvent } from './viewEvent.js';

/** `GET /admin/spike/all`: the newest events first, those that are over included. */
export function createListEvents(
  { sequelize }: AdminStores,
  view: ViewEvent,
): Handler<{ query: z.output<typeof pageSchema> }> {
  return async (ctx) => {
    const page = ctx.state.query;
    const events = await listSaleEvents(sequelize, toRange(page));
    ctx.body = presentEvents(await Promise.all(events.map(view)), nextCursor(events, page.limit));
  };
}
