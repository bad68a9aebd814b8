import type { Reservation } from '../../domain/order.js';
import type { RedisStore } from './connectRedis.js';
import { pairs } from './events.js';
import { parseReservation } from './reservationRecord.js';

/** Reservations read in one step: a step of this size takes Redis well under a millisecond. */
const SCAN_COUNT = 500;

/** Every reservation of an event that stands in `pending`, parked ones included, in no order. */
export async function readPending(redis: RedisStore, eventId: string): Promise<Reservation[]> {
  // By id: a scan may show an entry twice.
  const found = new Map<string, Reservation>();
  let cursor = '0';
  do {
    const [next, flat] = await redis.client.hscan(redis.keys.pending(eventId), cursor, 'COUNT', SCAN_COUNT);
    cursor = next;
    for (const [orderId, text] of pairs(flat)) found.set(orderId, parseReservation(eventId, orderId, text));
  } while (cursor !== '0');
  return [...found.values()];
}
