import type { z } from 'zod';
import { Refusal } from '../../../domain/errorCatalogue.js';
import { returnsFrom } from '../../../domain/order.js';
import type { Ctx, Handler } from '../../../http/context.js';
import { lookUpOrder } from '../../../stores/lookUpOrder.js';
import { endOrder, type ReturnedOrder } from '../../../stores/mysql/changeOrder.js';
import type { StoredOrder } from '../../../stores/mysql/orders.js';
import { returnUnits } from '../../../stores/returnUnits.js';
import type { AdminStores } from '../adminStores.js';
import { orderIdParam } from './orderIdParam.js';
import { presentOrderWithHistory } from './presenters.js';
import { recordChange } from '../recordChange.js';
import type { orderEndSchema } from './schemas.js';
import type { Staffed } from '../staffAuth.js';

type Ending = Staffed & { body: z.output<typeof orderEndSchema> };

const ends = {
  cancel: { state: 'cancelled', refusal: 'ORDER_NOT_CANCELLABLE' },
  refund: { state: 'refunded', refusal: 'ORDER_NOT_REFUNDABLE' },
} as const;

/**
 * `POST /admin/orders/:id/cancel | refund`: ends anybody's ordered, or paid, order. Of staff, the shopper and the expiry exactly
 * one wins; the others are told the state and who it was.
 */
export function createEndOrder(stores: AdminStores, name: keyof typeof ends): Handler<Ending> {
  return async (ctx) => {
    const orderId = orderIdParam(ctx);
    await findStored(stores, orderId);
    const ended = await end(stores, ctx, { orderId, name });
    const now = await findStored(stores, orderId);
    if (ended === undefined) throw new Refusal(ends[name].refusal, standing(now));
    ctx.body = presentOrderWithHistory({ stored: now });
  };
}

async function end(
  stores: AdminStores,
  ctx: Ctx<Ending>,
  { orderId, name }: { orderId: string; name: keyof typeof ends },
): Promise<ReturnedOrder | undefined> {
  const { state } = ends[name];
  const { reason } = ctx.state.body;
  const by = ctx.state.staff.username;
  const ended = await recordChange(stores, ctx, async (transaction, record) => {
    const order = await endOrder(stores.sequelize, { orderId, userId: undefined, state, by, reason }, transaction);
    if (order === undefined) return undefined;
    await record({
      action: `order.${name}`,
      targetType: 'order',
      targetId: orderId,
      before: { state: returnsFrom[state] },
      after: { state, ...(reason === undefined ? {} : { reason }) },
    });
    return order;
  });
  if (ended === undefined) return undefined;
  // The order has ended whatever happens now: the flag in MySQL stays up until the sweeper has brought the units back.
  await returnUnits(stores, [ended]).catch((error: unknown) =>
    stores.log.warn({ err: error, orderId }, 'the sweeper will return the units of an order that staff ended'),
  );
  return ended;
}

/** @throws Refusal NOT_FOUND, or ORDER_STILL_PENDING when only Redis has it */
async function findStored(stores: AdminStores, orderId: string): Promise<StoredOrder> {
  const found = await lookUpOrder(stores, orderId);
  if (found === undefined) throw new Refusal('NOT_FOUND');
  if ('pending' in found) throw new Refusal('ORDER_STILL_PENDING', { orderId, state: 'pending' });
  return found.stored;
}

/** What it is now, and since when by whom: who repeats a command sees that it was done. */
function standing({ id, state, endedAt, endedBy }: StoredOrder) {
  return { orderId: id, state, endedAt: endedAt?.toISOString() ?? null, endedBy };
}
