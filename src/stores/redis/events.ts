import type { EventLimits, SaleEvent } from '../../domain/saleEvent.js';
import type { Reservation } from '../../domain/order.js';
import type { RedisStore } from './connectRedis.js';
import { formatReservation } from './reservationRecord.js';

/** An event as Redis keeps it for the purchase path. */
export interface StockedEvent extends Omit<SaleEvent, 'fence'> {
  fence: string;
  /** Units left to reserve. */
  available: number;
  /** Position of the last reservation. */
  sequence: number;
  stockVersion: number;
}

export type EventReading =
  | { code: 'OK' | 'STALE'; nowMs: number; pendingUnits: number; event: StockedEvent }
  | { code: 'NO_EVENT'; nowMs: number };

/**
 * Reads an event. `STALE` means that Redis was restarted or replaced since the stock was built: nothing may be sold from it.
 *
 * @param countPending also sum the units in `pending`, which reads every reservation
 */
export async function readEvent(redis: RedisStore, eventId: string, countPending = false): Promise<EventReading> {
  const reply = (await redis.run(
    'readEvent',
    [redis.keys.event(eventId), redis.keys.pending(eventId)],
    [countPending ? 1 : 0],
  )) as [EventReading['code'], number, number, ...string[]];
  const [code, nowMs, pendingUnits, ...fields] = reply;
  if (code === 'NO_EVENT') return { code, nowMs };
  return { code, nowMs, pendingUnits, event: parseEvent(eventId, pairs(fields)) };
}

export interface Installation {
  event: SaleEvent;
  available: number;
  /** Highest sequence that any reservation of the event ever had. */
  sequence: number;
  /** User id → record of the orders that hold units. */
  buyers: ReadonlyMap<string, string>;
  pending: readonly Reservation[];
}

/** Puts an event into Redis as a new life of its stock; `NEWER` when one of the same or a later fence is there already. */
export async function installEvent(redis: RedisStore, installation: Installation): Promise<'INSTALLED' | 'NEWER'> {
  const { event, buyers, pending } = installation;
  const fields = {
    ...formatFields(event),
    quantity: event.quantity,
    available: installation.available,
    sequence: installation.sequence,
    stockVersion: 0,
  };
  const args: (string | number)[] = [event.fence, redis.keys.changes(), event.id];
  args.push(Object.keys(fields).length);
  for (const [field, value] of Object.entries(fields)) args.push(field, value);
  args.push(buyers.size);
  for (const [userId, record] of buyers) args.push(userId, record);
  args.push(pending.length);
  for (const reservation of pending) args.push(reservation.orderId, formatReservation(reservation));
  return (await redis.run('installEvent', eventKeys(redis, event.id), args)) as 'INSTALLED' | 'NEWER';
}

/** Brings all that staff can change about an event, except its stock, to Redis, and tells every process. */
export async function updateEventFields(
  redis: RedisStore,
  event: SaleEvent,
): Promise<'UPDATED' | 'NO_EVENT' | 'STALE'> {
  const fields = { userRatePerSecond: '', userBurst: '', queueFactor: '', maxInFlight: '', ...formatFields(event) };
  const args: (string | number)[] = [redis.keys.changes(), event.id];
  for (const [field, value] of Object.entries(fields)) args.push(field, value);
  return (await redis.run('updateEvent', [redis.keys.event(event.id)], args)) as 'UPDATED' | 'NO_EVENT' | 'STALE';
}

/** Removes an event that nobody holds a unit of. */
export async function removeEvent(redis: RedisStore, eventId: string): Promise<'REMOVED' | 'HELD'> {
  return (await redis.run(
    'removeEvent',
    [...eventKeys(redis, eventId), redis.keys.outcomes(eventId)],
    [redis.keys.changes(), eventId],
  )) as 'REMOVED' | 'HELD';
}

/** Whether all events have been built on this life of Redis; if not, an event that is missing may just not be rebuilt yet. */
export async function isLifeCurrent(redis: RedisStore): Promise<boolean> {
  return (await redis.run('markLife', [redis.keys.life()], ['ask'])) === 1;
}

/** Says that all events have been built on this life of Redis. */
export async function markLife(redis: RedisStore): Promise<void> {
  await redis.run('markLife', [redis.keys.life()], ['mark']);
}

export function eventKeys(redis: RedisStore, eventId: string): string[] {
  const { keys } = redis;
  return [keys.event(eventId), keys.buyers(eventId), keys.pending(eventId), keys.parked(eventId)];
}

/** A flat list of fields and values as a map. */
export function pairs(flat: readonly string[]): Map<string, string> {
  const map = new Map<string, string>();
  for (let index = 0; index < flat.length; index += 2) map.set(flat[index] as string, flat[index + 1] as string);
  return map;
}

const limitNames = ['userRatePerSecond', 'userBurst', 'queueFactor', 'maxInFlight'] as const;

function formatFields(event: SaleEvent): Record<string, string | number> {
  return {
    title: event.title,
    commodityId: event.commodityId,
    priceCents: event.priceCents,
    purchaseLimit: event.purchaseLimit,
    startsAtMs: event.startsAtMs,
    endsAtMs: event.endsAtMs,
    paymentWindowSeconds: event.paymentWindowSeconds,
    paused: event.paused ? 1 : 0,
    closed: event.closed ? 1 : 0,
    ruleVersion: event.ruleVersion,
    ...event.limits,
  };
}

export function parseEvent(eventId: string, fields: ReadonlyMap<string, string>): StockedEvent {
  const number = (name: string) => Number(fields.get(name) ?? 0);
  const limits: Partial<EventLimits> = {};
  for (const name of limitNames) if (fields.has(name)) limits[name] = number(name);
  return {
    id: eventId,
    title: fields.get('title') ?? '',
    commodityId: fields.get('commodityId') ?? '',
    priceCents: number('priceCents'),
    quantity: number('quantity'),
    purchaseLimit: number('purchaseLimit'),
    startsAtMs: number('startsAtMs'),
    endsAtMs: number('endsAtMs'),
    paymentWindowSeconds: number('paymentWindowSeconds'),
    paused: fields.get('paused') === '1',
    closed: fields.get('closed') === '1',
    ruleVersion: number('ruleVersion'),
    fence: fields.get('fence') ?? '0',
    limits,
    available: number('available'),
    sequence: number('sequence'),
    stockVersion: number('stockVersion'),
  };
}
