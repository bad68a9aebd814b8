import type { RedisStore } from '../../stores/redis/connectRedis.js';
import { pairs } from '../../stores/redis/events.js';
import { parseBuyerRecord, type HeldOrder } from '../../stores/redis/reservationRecord.js';
import type { PurchaseOutcome } from './outcome.js';

/** Beyond this many buyers a process does not keep them all, and asks Redis also when an event is sold out. */
const BUYERS_MAX = 50_000;

/**
 * What a process knows of an event that is sold out: who holds units. While nothing returns nobody new can have bought, so
 * the list is complete, and a buyer who asks again is told about the order and not "sold out".
 */
export interface SoldOut {
  fence: string;
  stockVersion: number;
  purchaseLimit: number;
  buyers: ReadonlyMap<string, { units: number; orders: HeldOrder[] }>;
}

/** @returns undefined when the event is not sold out (any more), or has too many buyers to keep */
export async function readSoldOut(redis: RedisStore, eventId: string): Promise<SoldOut | undefined> {
  if ((await redis.client.hlen(redis.keys.buyers(eventId))) > BUYERS_MAX) return undefined;
  const reply = await redis.client
    .multi()
    .hmget(redis.keys.event(eventId), 'fence', 'stockVersion', 'purchaseLimit', 'available')
    .call('HGETALL', redis.keys.buyers(eventId))
    .exec();
  const [fields, buyers] = (reply ?? []).map(([error, value]) => {
    if (error) throw error;
    return value;
  });
  const [fence, stockVersion, purchaseLimit, available] = fields as (string | null)[];
  if (fence === null || fence === undefined || Number(available) > 0) return undefined;
  return {
    fence,
    stockVersion: Number(stockVersion),
    purchaseLimit: Number(purchaseLimit),
    buyers: new Map([...pairs(buyers as string[])].map(([userId, record]) => [userId, parseBuyerRecord(record)])),
  };
}

/** What the reserve script would say, without asking it. */
export function answerSoldOut(
  soldOut: SoldOut,
  buyer: { userId: string; ticketId: string; quantity: number },
): PurchaseOutcome {
  const held = soldOut.buyers.get(buyer.userId);
  if (held !== undefined && held.units > 0) {
    const spentOn = held.orders.find((order) => order.ticketId === buyer.ticketId);
    if (spentOn !== undefined) return { code: 'ALREADY_ORDERED', orderId: spentOn.orderId };
    if (held.units + buyer.quantity > soldOut.purchaseLimit) {
      const orderId = held.orders[0]?.orderId ?? '';
      return soldOut.purchaseLimit === 1
        ? { code: 'ALREADY_ORDERED', orderId }
        : { code: 'LIMIT_REACHED', orderId, purchaseLimit: soldOut.purchaseLimit };
    }
  }
  return { code: 'SOLD_OUT', rest: 0 };
}
