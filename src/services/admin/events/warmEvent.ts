import { Refusal } from '../../../domain/errorCatalogue.js';
import type { Handler } from '../../../http/context.js';
import { idParam } from '../../../http/idParam.js';
import { mendEvent } from '../../../stores/mendEvent.js';
import { hasOrders } from '../../../stores/mysql/orders.js';
import { findSaleEvent } from '../../../stores/mysql/saleEvents.js';
import { installEvent, isLifeCurrent, readEvent } from '../../../stores/redis/events.js';
import { isHeld } from '../../../stores/redis/isHeld.js';
import { warmScripts } from '../../../stores/redis/warmScripts.js';
import type { AdminDeps } from '../adminDeps.js';
import type { AdminStores } from '../adminStores.js';
import { recordChange } from '../recordChange.js';
import type { Staffed } from '../staffAuth.js';
import { checkWarmth } from './checkWarmth.js';
import { presentWarmEvent } from './presenters.js';
import type { ViewEvent } from './viewEvent.js';

/** `POST /admin/spike/:id/warm`: brings to Redis what a sale needs there, as far as that is safe, and checks all of it. */
export function createWarmEvent(deps: AdminDeps, view: ViewEvent): Handler<Staffed> {
  const { stores } = deps;
  return async (ctx) => {
    const eventId = idParam(ctx);
    const isInstalled = await installIfNeverSold(stores, eventId);
    const fields = isInstalled ? [] : await mendEvent(stores, eventId);
    if (isInstalled || fields.length > 0) {
      const after = { isInstalled, fields };
      await recordChange(stores, ctx, async (_transaction, record) =>
        record({ action: 'event.warm', targetType: 'event', targetId: eventId, after }),
      );
    }
    const { scripts, known } = await warmScripts(stores.redis);
    const event = await findSaleEvent(stores.sequelize, eventId);
    if (event === undefined) throw new Refusal('NOT_FOUND');
    const checks = await checkWarmth(deps, event, { isInstalled, fields, scripts, known });
    ctx.body = presentWarmEvent(await view(event), checks);
  };
}

/**
 * Installs the stock of an event that Redis does not have, when nobody can ever have bought of it: Redis is the one on which
 * the stock of all events was built, it knows of no buyer and no reservation, and MySQL of no order. Anything else is for
 * the rebuild, which drains the queue first.
 */
async function installIfNeverSold({ sequelize, redis }: AdminStores, eventId: string): Promise<boolean> {
  return sequelize.transaction(async (transaction) => {
    const event = await findSaleEvent(sequelize, eventId, { transaction, lock: true });
    if (event === undefined) throw new Refusal('NOT_FOUND');
    if ((await readEvent(redis, eventId)).code !== 'NO_EVENT' || !(await isLifeCurrent(redis))) return false;
    if ((await isHeld(redis, eventId)) || (await hasOrders(sequelize, eventId, transaction))) return false;
    const stock = { available: event.quantity, sequence: 0, buyers: new Map<string, string>(), pending: [] };
    return (await installEvent(redis, { event, ...stock })) === 'INSTALLED';
  });
}
