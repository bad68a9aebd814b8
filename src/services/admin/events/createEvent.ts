import type { z } from 'zod';
import { Refusal } from '../../../domain/errorCatalogue.js';
import type { Handler } from '../../../http/context.js';
import { findCommodity } from '../../../stores/mysql/commodities.js';
import { EventKeyTaken, findSaleEvent, insertSaleEvent, type NewSaleEvent } from '../../../stores/mysql/saleEvents.js';
import { installEvent } from '../../../stores/redis/events.js';
import type { AdminStores } from '../adminStores.js';
import { mergeLimits } from './mergeLimits.js';
import { presentEvent } from './presenters.js';
import { readRule } from './readRule.js';
import { recordChange } from '../recordChange.js';
import type { newEventSchema } from './schemas.js';
import type { Staffed } from '../staffAuth.js';
import type { ViewEvent } from './viewEvent.js';

type NewEvent = z.output<typeof newEventSchema>;

/**
 * `POST /admin/spike/add`. The event is in MySQL when this answers, and as a rule in Redis too; if Redis was away, the order
 * service's watch brings it there, and until then `available` is null and purchases are told to wait.
 */
export function createCreateEvent(stores: AdminStores, view: ViewEvent): Handler<Staffed & { body: NewEvent }> {
  const { sequelize, redis, log } = stores;
  return async (ctx) => {
    const wanted = toNewSaleEvent(ctx.state.body);
    const event = await recordChange(stores, ctx, async (transaction, record) => {
      const commodity = await findCommodity(sequelize, wanted.commodityId, transaction);
      if (commodity === undefined) throw unknownCommodity();
      const eventId = await insertSaleEvent(sequelize, wanted, transaction).catch(refuseTakenKey);
      const created = (await findSaleEvent(sequelize, eventId, { transaction }))!;
      const after = { ...wanted, key: created.key };
      await record({ action: 'event.create', targetType: 'event', targetId: eventId, after });
      return created;
    });
    await installEvent(redis, {
      event,
      available: event.quantity,
      sequence: 0,
      buyers: new Map(),
      pending: [],
    }).catch((error: unknown) => log.warn({ err: error, eventId: event.id }, 'a new event is not in Redis yet'));
    ctx.status = 201;
    ctx.body = presentEvent(await view(event));
  };
}

function toNewSaleEvent({ key, startsAt, endsAt, rule, limits, ...same }: NewEvent): NewSaleEvent {
  return {
    ...same,
    ...(key === undefined ? {} : { key }),
    startsAtMs: startsAt,
    endsAtMs: endsAt,
    rule: readRule(rule),
    limits: mergeLimits({}, limits),
  };
}

export function unknownCommodity(): Refusal {
  return new Refusal('BAD_INPUT', { issues: [{ path: 'commodityId', message: 'there is no commodity of this id' }] });
}

function refuseTakenKey(error: unknown): never {
  if (error instanceof EventKeyTaken) throw new Refusal('EVENT_EXISTS', { eventId: error.eventId });
  throw error;
}
