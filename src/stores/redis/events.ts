import { eventLimitNames } from '../../domain/limits.js';
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
  const staged = [redis.keys.newBuyers(event.id, event.fence), redis.keys.newPending(event.id, event.fence)] as const;
  await redis.client.del(...staged);
  await writeHash(redis, staged[0], [...buyers]);
  await writeHash(
    redis,
    staged[1],
    pending.map((reservation) => [reservation.orderId, formatReservation(reservation)]),
  );
  const args = [
    event.fence,
    redis.keys.changes(),
    event.id,
    buyers.size,
    pending.length,
    ...Object.entries(fields).flat(),
  ];
  const code = await redis.run('installEvent', [...eventKeys(redis, event.id), ...staged], args);
  if (code === 'INCOMPLETE') throw new Error('Redis was restarted while stock was installed. It will be tried again.');
  return code as 'INSTALLED' | 'NEWER';
}

/** Fields in one command: it takes Redis about a millisecond. */
export const FIELDS_PER_COMMAND = 1_000;

async function writeHash(
  redis: RedisStore,
  key: string,
  entries: readonly (readonly [string, string])[],
): Promise<void> {
  for (let start = 0; start < entries.length; start += FIELDS_PER_COMMAND) {
    await redis.client.hset(key, ...entries.slice(start, start + FIELDS_PER_COMMAND).flat());
  }
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

/**
 * Stops the sale of an event until the order service has drained the queue and built its stock anew. A repeat changes nothing,
 * and whoever calls this may die at once: what follows is the order service's.
 */
export async function voidEvent(redis: RedisStore, eventId: string): Promise<void> {
  await redis.run('voidEvent', [redis.keys.event(eventId)], [redis.keys.changes(), eventId]);
  // So that the order service looks at its next check, a fraction of a second from now.
  await redis.client.del(redis.keys.life());
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
  for (let index = 0; index < flat.length; index += 2) map.set(flat[index]!, flat[index + 1]!);
  return map;
}

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
  for (const name of eventLimitNames) if (fields.has(name)) limits[name] = number(name);
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
