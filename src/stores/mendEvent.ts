import type { Logger } from 'pino';
import type { Sequelize } from 'sequelize';
import { eventLimitNames } from '../domain/limits.js';
import type { SaleEvent } from '../domain/saleEvent.js';
import { findSaleEvent } from './mysql/saleEvents.js';
import type { RedisStore } from './redis/connectRedis.js';
import { readEvent, updateEventFields, type StockedEvent } from './redis/events.js';
import { setQuantity } from './redis/setQuantity.js';

/**
 * Brings what MySQL says of an event to Redis, where it differs: after an edit whose answer was lost, say. With the event's row
 * locked, so that it cannot overwrite a later edit. Stock that is missing or of another life is left to the rebuild.
 *
 * @returns the names of the fields that differed
 */
export async function mendEvent(
  { sequelize, redis, log }: { sequelize: Sequelize; redis: RedisStore; log: Logger },
  eventId: string,
): Promise<string[]> {
  return sequelize.transaction(async (transaction) => {
    const event = await findSaleEvent(sequelize, eventId, { transaction, lock: true });
    const reading = await readEvent(redis, eventId);
    if (event === undefined || reading.code !== 'OK') return [];
    const names = differingFields(reading.event, event);
    if (names.length === 0) return names;
    await updateEventFields(redis, event);
    const { code } = await setQuantity(redis, event, event.quantity);
    if (code === 'NOT_FREE') log.error({ eventId }, 'Redis has given more units than MySQL has: audit it');
    return names;
  });
}

/** Fields of the event that Redis has with another value than MySQL. */
export function differingFields(stocked: StockedEvent, event: SaleEvent): string[] {
  const names = [
    'title',
    'quantity',
    'priceCents',
    'purchaseLimit',
    'startsAtMs',
    'endsAtMs',
    'paymentWindowSeconds',
    'paused',
    'closed',
    'ruleVersion',
  ] as const;
  return [
    ...names.filter((name) => stocked[name] !== event[name]),
    ...eventLimitNames.filter((name) => stocked.limits[name] !== event.limits[name]),
  ];
}
