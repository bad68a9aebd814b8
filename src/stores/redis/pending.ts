import type { Reservation } from '../../domain/order.js';
import { eventIdOfOrder } from '../../domain/order.js';
import type { RedisStore } from './connectRedis.js';
import { eventKeys, FIELDS_PER_COMMAND, pairs, parseEvent, type StockedEvent } from './events.js';
import { parseBuyerRecord, parseReservation, type HeldOrder } from './reservationRecord.js';

/** Reservations read in one HSCAN step: a step of this size takes Redis well under a millisecond. */
const SCAN_COUNT = 500;

/** Finds a reservation that MySQL may not have yet, by its order id. */
export async function findPending(redis: RedisStore, orderId: string): Promise<Reservation | undefined> {
  const eventId = eventIdOfOrder(orderId);
  if (eventId === undefined) return undefined;
  const text = await redis.client.hget(redis.keys.pending(eventId), orderId);
  return text === null ? undefined : parseReservation(eventId, orderId, text);
}

/** Reservations that MySQL may not have yet; of how many units, only reading each of them would tell. */
export async function countPending(redis: RedisStore, eventId: string): Promise<number> {
  return redis.client.hlen(redis.keys.pending(eventId));
}

/** The user's orders in an event that hold units, stored or not. */
export async function findHeldOrders(redis: RedisStore, eventId: string, userId: string): Promise<HeldOrder[]> {
  const record = await redis.client.hget(redis.keys.buyers(eventId), userId);
  return record === null ? [] : parseBuyerRecord(record).orders;
}

/** Removes reservations that MySQL has now. A repeat changes nothing. */
export async function settle(redis: RedisStore, eventId: string, orderIds: readonly string[]): Promise<void> {
  if (orderIds.length === 0) return;
  const pipeline = redis.client.pipeline();
  for (let start = 0; start < orderIds.length; start += FIELDS_PER_COMMAND) {
    const ids = orderIds.slice(start, start + FIELDS_PER_COMMAND);
    pipeline.hdel(redis.keys.pending(eventId), ...ids);
    pipeline.hdel(redis.keys.parked(eventId), ...ids);
  }
  for (const [error] of (await pipeline.exec()) ?? []) if (error) throw error;
}

/** Notes that the message of a reservation went to the dead-letter queue, so that the relay leaves it alone. */
export async function park(redis: RedisStore, eventId: string, orderId: string, reason: string): Promise<void> {
  await redis.client.hset(redis.keys.parked(eventId), orderId, reason);
}

/** Why the order's message was put aside; undefined for one that is on its way. */
export async function findParkedReason(
  redis: RedisStore,
  eventId: string,
  orderId: string,
): Promise<string | undefined> {
  return (await redis.client.hget(redis.keys.parked(eventId), orderId)) ?? undefined;
}

/** Forgets that these were parked: their messages are on their way again. */
export async function unpark(redis: RedisStore, eventId: string, orderIds: readonly string[]): Promise<void> {
  if (orderIds.length > 0) await redis.client.hdel(redis.keys.parked(eventId), ...orderIds);
}

/** Reservations made at or before `reservedBeforeMs` that are not parked, oldest first. */
export async function findOldPending(
  redis: RedisStore,
  eventId: string,
  reservedBeforeMs: number,
): Promise<Reservation[]> {
  const old = new Map<string, Reservation>();
  let cursor = '0';
  do {
    const [next, flat] = await redis.client.hscan(redis.keys.pending(eventId), cursor, 'COUNT', SCAN_COUNT);
    cursor = next;
    for (const [orderId, text] of pairs(flat)) {
      const reservation = parseReservation(eventId, orderId, text);
      if (reservation.reservedAtMs <= reservedBeforeMs) old.set(orderId, reservation);
    }
  } while (cursor !== '0');
  if (old.size > 0) {
    for (const orderId of await redis.client.hkeys(redis.keys.parked(eventId))) old.delete(orderId);
  }
  return [...old.values()].sort((a, b) => a.sequence - b.sequence);
}

export interface EventSnapshot {
  code: 'OK' | 'NO_EVENT' | 'STALE';
  nowMs: number;
  event: StockedEvent;
  /** User id → record of the orders that hold units. */
  buyers: Map<string, { units: number; orders: HeldOrder[] }>;
  pending: Reservation[];
  /** Order id → why it could not be stored. */
  parked: Map<string, string>;
}

/** Everything Redis knows of one event, at one moment; without its buyers when they are not needed. */
export async function snapshotEvent(
  redis: RedisStore,
  eventId: string,
  { withBuyers = true } = {},
): Promise<EventSnapshot> {
  const reply = (await redis.run('snapshotEvent', eventKeys(redis, eventId), [withBuyers ? 1 : 0])) as [
    EventSnapshot['code'],
    number,
    string[],
    string[],
    string[],
    string[],
  ];
  const [code, nowMs, event, buyers, pending, parked] = reply;
  return {
    code,
    nowMs,
    event: parseEvent(eventId, pairs(event)),
    buyers: new Map([...pairs(buyers)].map(([userId, record]) => [userId, parseBuyerRecord(record)])),
    pending: [...pairs(pending)].map(([orderId, text]) => parseReservation(eventId, orderId, text)),
    parked: pairs(parked),
  };
}
