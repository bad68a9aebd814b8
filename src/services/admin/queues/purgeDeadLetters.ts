import type { z } from 'zod';
import type { FencedReservation } from '../../../domain/order.js';
import type { Ctx, Handler } from '../../../http/context.js';
import { giveUpOrders } from '../../../stores/mysql/giveUpOrders.js';
import type { DeadLetterBox } from '../../../stores/rabbitmq/createDeadLetterBox.js';
import { settle } from '../../../stores/redis/pending.js';
import { returnUnits } from '../../../stores/returnUnits.js';
import type { AdminStores } from '../adminStores.js';
import type { Staffed } from '../staffAuth.js';
import { changeDeadLetters } from './changeDeadLetters.js';
import { presentDeadLettersChange } from './presenters.js';
import type { deadLettersSchema } from './schemas.js';

/**
 * `POST /admin/queues/dead/purge`: gives dead letters up. The orders in them were promised, so they do not vanish: each becomes
 * a cancelled order with the name of who gave it up, and its units return to the sale. The letter goes last.
 */
export function createPurgeDeadLetters(
  stores: AdminStores,
  box: DeadLetterBox,
): Handler<Staffed & { body: z.output<typeof deadLettersSchema> }> {
  return async (ctx) => {
    const change = await changeDeadLetters(stores, ctx, box, {
      action: 'queue.purge',
      async deal({ reservations, eventId, reason }) {
        if (reservations === undefined || eventId === undefined) return [];
        return giveUp(stores, ctx, eventId, reservations, reason);
      },
    });
    ctx.body = presentDeadLettersChange(change);
  };
}

async function giveUp(
  stores: AdminStores,
  ctx: Ctx<Staffed>,
  eventId: string,
  reservations: readonly FencedReservation[],
  reason: string | null,
): Promise<string[]> {
  const { sequelize, redis } = stores;
  const why = { by: ctx.state.staff.username, reason: `could not be stored: ${reason ?? 'unknown'}`.slice(0, 255) };
  const givenUp = await sequelize.transaction((transaction) =>
    giveUpOrders(sequelize, eventId, reservations, why, transaction),
  );
  const orderIds = givenUp.map(({ orderId }) => orderId);
  // With Redis away: the sweeper brings the units back, and what is left in `pending` the relay finds stored.
  try {
    await returnUnits(stores, givenUp);
    await settle(redis, eventId, orderIds);
  } catch (error) {
    stores.log.warn({ err: error, eventId }, 'the sweeper will return the units of orders that were given up');
  }
  return orderIds;
}
