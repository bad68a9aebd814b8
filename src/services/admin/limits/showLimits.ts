import { Refusal } from '../../../domain/errorCatalogue.js';
import { explainLimits, type Limits } from '../../../domain/limits.js';
import type { Handler } from '../../../http/context.js';
import { idParam } from '../../../http/idParam.js';
import { readStoredLimits } from '../../../stores/mysql/liveLimits.js';
import { findSaleEvent } from '../../../stores/mysql/saleEvents.js';
import type { AdminStores } from '../adminStores.js';
import { presentLimits } from './presenters.js';

/** `GET /admin/limits`: the limits for all events, each with where it comes from. */
export function createShowLimits({ sequelize }: AdminStores, settings: Limits): Handler {
  return async (ctx) => {
    const { limits } = await readStoredLimits(sequelize);
    ctx.body = presentLimits(null, explainLimits(settings, limits));
  };
}

/** `GET /admin/spike/:id/limits`: the same for one event. */
export function createShowEventLimits({ sequelize }: AdminStores, settings: Limits): Handler {
  return async (ctx) => {
    const event = await findSaleEvent(sequelize, idParam(ctx));
    if (event === undefined) throw new Refusal('NOT_FOUND');
    const { limits } = await readStoredLimits(sequelize);
    ctx.body = presentLimits(event.id, explainLimits(settings, limits, event.limits));
  };
}
