import { Refusal } from '../../../domain/errorCatalogue.js';
import type { Handler } from '../../../http/context.js';
import { idParam } from '../../../http/idParam.js';
import { findSaleEvent } from '../../../stores/mysql/saleEvents.js';
import type { AdminStores } from '../adminStores.js';
import { presentEvent } from './presenters.js';
import type { ViewEvent } from './viewEvent.js';

/** `GET /admin/spike/:id` */
export function createShowEvent({ sequelize }: AdminStores, view: ViewEvent): Handler {
  return async (ctx) => {
    const event = await findSaleEvent(sequelize, idParam(ctx));
    if (event === undefined) throw new Refusal('NOT_FOUND');
    ctx.body = presentEvent(await view(event));
  };
}
