import type { SaleEvent } from '../../domain/saleEvent.js';
import type { RedisStore } from './connectRedis.js';

/** `available`: units left after it, or now when nothing was done. */
export interface SetQuantityResult {
  code: 'SET' | 'SAME' | 'NOT_FREE' | 'NO_EVENT' | 'STALE';
  available: number;
}

/** Gives the event this quantity, if that many units can go when it is less. A repeat changes nothing. */
export async function setQuantity(
  redis: RedisStore,
  event: Pick<SaleEvent, 'id' | 'fence'>,
  quantity: number,
): Promise<SetQuantityResult> {
  const [code, available] = (await redis.run(
    'setQuantity',
    [redis.keys.event(event.id)],
    [quantity, event.fence, redis.keys.changes(), event.id],
  )) as [SetQuantityResult['code'], number];
  return { code, available };
}
