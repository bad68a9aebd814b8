import type { z } from 'zod';
import { eventIdOfOrder } from '../../../domain/order.js';
import type { FoundOrderState } from '../../../domain/wire/orders.js';
import type { Handler } from '../../../http/context.js';
import { findStoredStates } from '../../../stores/mysql/orders.js';
import { readPending } from '../../../stores/redis/readPending.js';
import type { AdminStores } from '../adminStores.js';
import { presentFoundOrders } from './presenters.js';
import type { orderIdsSchema } from './schemas.js';

/**
 * `POST /admin/orders/find`: where each of many orders stands. MySQL is asked before `pending` and once more for what neither
 * had: the one that was stored in between is found, and what is null was in no store.
 */
export function createFindOrders(stores: AdminStores): Handler<{ body: z.output<typeof orderIdsSchema> }> {
  const { sequelize } = stores;
  return async (ctx) => {
    const { ids } = ctx.state.body;
    const found = new Map<string, Omit<FoundOrderState, 'id'>>(await findStoredStates(sequelize, ids));
    const open = ids.filter((id) => !found.has(id));
    if (open.length > 0) {
      for (const [id, userId] of await findPendingOwners(stores, open)) found.set(id, { state: 'pending', userId });
      const missing = open.filter((id) => !found.has(id));
      if (missing.length > 0) for (const [id, it] of await findStoredStates(sequelize, missing)) found.set(id, it);
    }
    ctx.body = presentFoundOrders(ids.map((id) => ({ id, ...(found.get(id) ?? { state: null, userId: null }) })));
  };
}

async function findPendingOwners({ redis }: AdminStores, ids: readonly string[]): Promise<Map<string, string>> {
  const wanted = new Set(ids);
  const eventIds = [...new Set(ids.flatMap((id) => eventIdOfOrder(id) ?? []))];
  const pending = (await Promise.all(eventIds.map((id) => readPending(redis, id)))).flat();
  return new Map(pending.flatMap(({ orderId, userId }) => (wanted.has(orderId) ? [[orderId, userId] as const] : [])));
}
