import type { Reservation } from '../../domain/order.js';
import type { RedisStore } from './connectRedis.js';
import { formatReservation } from './reservationRecord.js';

export type AdoptCode = 'HELD' | 'ADOPTED' | 'SOLD_OUT' | 'LIMIT_REACHED' | 'NO_EVENT' | 'STALE';

/** Takes the units of a reservation that was made in an earlier life of the stock, unless this life holds it already. */
export async function adopt(redis: RedisStore, reservation: Reservation): Promise<AdoptCode> {
  const { eventId, userId, orderId, quantity, ticketId, purchaseLimit } = reservation;
  return (await redis.run(
    'adopt',
    [redis.keys.event(eventId), redis.keys.buyers(eventId), redis.keys.pending(eventId)],
    [userId, orderId, quantity, ticketId, purchaseLimit, formatReservation(reservation)],
  )) as AdoptCode;
}
