import type { z } from 'zod';
import type { Handler } from '../../../http/context.js';
import { findCommodity } from '../../../stores/mysql/commodities.js';
import type { AdminStores } from '../adminStores.js';
import { unknownCommodity } from './createEvent.js';
import { mergeLimits } from './mergeLimits.js';
import { presentDraft } from './presenters.js';
import { readRule } from './readRule.js';
import type { eventDraftSchema } from './schemas.js';

/**
 * `POST /admin/spike/check`: whether an event like this could be made, and what it would be. Makes nothing. Whether its key is
 * free only making it can tell.
 */
export function createCheckEvent({ sequelize }: AdminStores): Handler<{ body: z.output<typeof eventDraftSchema> }> {
  return async (ctx) => {
    const { rule, limits, commodityId, ...same } = ctx.state.body;
    const links = readRule(rule);
    if (commodityId !== undefined && (await findCommodity(sequelize, commodityId)) === undefined)
      throw unknownCommodity();
    ctx.body = presentDraft({ ...same, commodityId, rule: links, limits: mergeLimits({}, limits) });
  };
}
