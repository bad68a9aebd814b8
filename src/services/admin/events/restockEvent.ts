import type { z } from 'zod';
import { Refusal } from '../../../domain/errorCatalogue.js';
import { saleEventState } from '../../../domain/saleEvent.js';
import type { Ctx, Handler } from '../../../http/context.js';
import { idParam } from '../../../http/idParam.js';
import { findSaleEvent, setSaleEventQuantity, type StoredSaleEvent } from '../../../stores/mysql/saleEvents.js';
import { mendEvent } from '../../../stores/mendEvent.js';
import { readEvent } from '../../../stores/redis/events.js';
import { setQuantity } from '../../../stores/redis/setQuantity.js';
import type { AdminStores } from '../adminStores.js';
import { recordChange } from '../recordChange.js';
import type { Staffed } from '../staffAuth.js';
import { presentEvent } from './presenters.js';
import { QUANTITY_MAX, type restockSchema } from './schemas.js';
import type { ViewEvent } from './viewEvent.js';

type Wanted = z.output<typeof restockSchema>;

const RETRY_AFTER_REBUILD_SECONDS = 2;

/**
 * `POST /admin/spike/:id/restock`: more units, or fewer, down to what is taken.
 *
 * Redis sells and MySQL remembers, and whatever dies between the two, Redis must never have more units than MySQL. So fewer
 * units leave Redis first, where nobody can take them any more, and MySQL commits after it; more units are in MySQL first.
 * What is missing in Redis then, the order service's watch brings: it gives Redis the quantity that MySQL has.
 */
export function createRestockEvent(stores: AdminStores, view: ViewEvent): Handler<Staffed & { body: Wanted }> {
  return async (ctx) => {
    const eventId = idParam(ctx);
    try {
      await changeQuantity(stores, ctx, eventId);
    } finally {
      // Also after a failure: Redis may have let go of units that MySQL still has.
      await mendEvent(stores, eventId).catch((error: unknown) =>
        stores.log.warn({ err: error, eventId }, 'the order service will bring the quantity of an event to Redis'),
      );
    }
    ctx.body = presentEvent(await view((await findSaleEvent(stores.sequelize, eventId))!));
  };
}

async function changeQuantity(
  stores: AdminStores,
  ctx: Ctx<Staffed & { body: Wanted }>,
  eventId: string,
): Promise<void> {
  const { sequelize } = stores;
  await recordChange(stores, ctx, async (transaction, record) => {
    const event = await findSaleEvent(sequelize, eventId, { transaction, lock: true });
    if (event === undefined) throw new Refusal('NOT_FOUND');
    if (event.closed) throw new Refusal('EVENT_STATE', { state: saleEventState(event, Date.now()) });
    const quantity = wantedQuantity(event, ctx.state.body);
    if (quantity === event.quantity) return;
    if (quantity < 0) throw await notEnoughFree(stores, event);
    if (quantity < event.quantity) await takeFromRedis(stores, event, quantity);
    await setSaleEventQuantity(sequelize, eventId, quantity, transaction);
    await record({
      action: 'event.restock',
      targetType: 'event',
      targetId: eventId,
      before: { quantity: event.quantity },
      after: { quantity },
    });
  });
}

function wantedQuantity(event: StoredSaleEvent, wanted: Wanted): number {
  const quantity = 'by' in wanted ? event.quantity + wanted.by : wanted.quantity;
  if (quantity > QUANTITY_MAX)
    throw new Refusal('BAD_INPUT', { issues: [{ path: 'by', message: `an event has at most ${QUANTITY_MAX} units` }] });
  return quantity;
}

async function takeFromRedis({ redis }: AdminStores, event: StoredSaleEvent, quantity: number): Promise<void> {
  const { code, available } = await setQuantity(redis, event, quantity);
  if (code === 'SET' || code === 'SAME') return;
  throw code === 'NOT_FREE' ? refuseUnits(event, available) : stockIsRebuilding();
}

/** More units would go than there are; how many could, Redis says. */
async function notEnoughFree({ redis }: AdminStores, event: StoredSaleEvent): Promise<Refusal> {
  const reading = await readEvent(redis, event.id);
  return reading.code === 'OK' ? refuseUnits(event, reading.event.available) : stockIsRebuilding();
}

function refuseUnits({ quantity }: StoredSaleEvent, available: number): Refusal {
  return new Refusal('NOT_ENOUGH_FREE', { quantity, available, quantityMin: quantity - available });
}

function stockIsRebuilding(): Refusal {
  return new Refusal('STOCK_REBUILDING', {}, RETRY_AFTER_REBUILD_SECONDS);
}
