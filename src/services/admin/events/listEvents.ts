import type { z } from 'zod';
import type { Handler } from '../../../http/context.js';
import { nextCursor, toRange } from '../../../http/pageSchema.js';
import { listSaleEvents } from '../../../stores/mysql/saleEvents.js';
import type { AdminStores } from '../adminStores.js';
import { presentEvents } from './presenters.js';
import type { eventPageSchema } from './schemas.js';
import type { ViewEvent } from './viewEvent.js';

/** `GET /admin/spike/all`: the newest events first, those that are over included; with `key` the one that has it. */
export function createListEvents(
  { sequelize }: AdminStores,
  view: ViewEvent,
): Handler<{ query: z.output<typeof eventPageSchema> }> {
  return async (ctx) => {
    const { key, ...page } = ctx.state.query;
    const range = { ...toRange(page), ...(key === undefined ? {} : { key }) };
    const events = await listSaleEvents(sequelize, range);
    ctx.body = presentEvents(await Promise.all(events.map(view)), nextCursor(events, page.limit));
  };
}
