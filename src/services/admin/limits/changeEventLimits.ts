import type { z } from 'zod';
import { explainLimits, type Limits } from '../../../domain/limits.js';
import type { Handler } from '../../../http/context.js';
import { idParam } from '../../../http/idParam.js';
import { readStoredLimits } from '../../../stores/mysql/liveLimits.js';
import type { AdminStores } from '../adminStores.js';
import { mergeLimits } from '../events/mergeLimits.js';
import { updateEvent } from '../events/updateEvent.js';
import type { Staffed } from '../staffAuth.js';
import { presentLimits } from './presenters.js';
import type { eventLimitsSchema } from './schemas.js';

/** `PUT /admin/spike/:id/limits`: limits of one event, over those for all; null takes one back. Also while it is closed. */
export function createChangeEventLimits(
  stores: AdminStores,
  settings: Limits,
): Handler<Staffed & { body: z.output<typeof eventLimitsSchema> }> {
  return async (ctx) => {
    const event = await updateEvent(stores, ctx, {
      eventId: idParam(ctx),
      action: 'event.limits',
      changesOf(before) {
        const limits = mergeLimits(before.limits, ctx.state.body);
        return JSON.stringify(limits) === JSON.stringify(before.limits) ? {} : { limits };
      },
    });
    const { limits } = await readStoredLimits(stores.sequelize);
    ctx.body = presentLimits(event.id, explainLimits(settings, limits, event.limits));
  };
}
