import type { z } from 'zod';
import { explain } from '../../../domain/access/explain.js';
import { Refusal } from '../../../domain/errorCatalogue.js';
import type { Handler } from '../../../http/context.js';
import { idParam } from '../../../http/idParam.js';
import { findAllowed } from '../../../stores/mysql/allowList.js';
import { findSaleEvent } from '../../../stores/mysql/saleEvents.js';
import type { AdminStores } from '../adminStores.js';
import { presentCheck } from './presenters.js';
import { requireRule } from './requireRule.js';
import { requireUser } from './requireUser.js';
import type { checkRuleSchema } from './schemas.js';

/** `POST /admin/spike/:id/rule/check`: what each link says of a user, as MySQL knows both now. Nothing is cached or changed. */
export function createCheckRule({ sequelize }: AdminStores): Handler<{ body: z.output<typeof checkRuleSchema> }> {
  return async (ctx) => {
    const pair = { eventId: idParam(ctx), userId: ctx.state.body.userId };
    const event = await findSaleEvent(sequelize, pair.eventId);
    if (event === undefined) throw new Refusal('NOT_FOUND', { reason: `there is no event ${pair.eventId}` });
    const user = await requireUser(sequelize, pair.userId);
    const { rule: asked = event.rule } = ctx.state.body;
    const { rule } = requireRule(asked);
    const isAllowed = (await findAllowed(sequelize, [pair])).get(pair.eventId)?.has(pair.userId) === true;
    const explanation = explain(rule, { user: { ...user, isAllowed }, event, nowMs: Date.now() });
    ctx.body = presentCheck(pair, explanation);
  };
}
