import type { Sequelize } from 'sequelize';
import type { Reservation } from '../../domain/order.js';
import type { Log } from '../../http/createLog.js';
import { findStoredIds } from '../../stores/mysql/orders.js';
import { listSaleEventIds } from '../../stores/mysql/saleEvents.js';
import type { Publisher } from '../../stores/rabbitmq/createPublisher.js';
import type { QueueReader } from '../../stores/rabbitmq/createQueueReader.js';
import { encodeOrders } from '../../stores/rabbitmq/orderMessage.js';
import { topology } from '../../stores/rabbitmq/topology.js';
import type { RedisStore } from '../../stores/redis/connectRedis.js';
import { readEvent } from '../../stores/redis/events.js';
import { findOldPending, settle } from '../../stores/redis/pending.js';

export interface RelayOptions {
  sequelize: Sequelize;
  redis: RedisStore;
  publisher: Publisher;
  queues: QueueReader;
  log: Log;
  /** Age at which a reservation counts as left behind. */
  relayAfterMs: number;
  /** Reservations in one message. */
  batchSizeMax: number;
  onRelayed(count: number): void;
}

/** A reservation is sent again after this long, then after twice as long, and so on: its message may be on its way. */
const RESEND_DELAY_MAX_MS = 60_000;

/**
 * Brings what was left behind in `pending`: reservations whose spike process died before the broker had them, or whose broker
 * was away. One that MySQL has already (its consumer died before it could say so) is only removed.
 *
 * While the order queue holds messages nothing is sent: what is left behind is probably in there, and a queue that grows by
 * its own retries never drains. A reservation that is sent twice is stored once, so being wrong here costs only work.
 */
export function createRelay(options: RelayOptions): () => Promise<void> {
  const { sequelize, redis, publisher, queues, log } = options;
  /** When a reservation may be sent again, by order id. */
  const resendAfter = new Map<string, { atMs: number; delayMs: number }>();

  return async function relay(): Promise<void> {
    const left = new Set<string>();
    for (const eventId of await listSaleEventIds(sequelize)) {
      if ((await redis.client.hlen(redis.keys.pending(eventId))) === 0) continue;
      // The fence first: what is read after it may be of a later life, never of an earlier one that it would make look new.
      const reading = await readEvent(redis, eventId);
      // A stock that waits to be rebuilt keeps its reservations for the rebuild.
      if (reading.code !== 'OK') continue;
      const old = await findLeftBehind(eventId, reading.nowMs);
      for (const reservation of old) left.add(reservation.orderId);
      if (old.length > 0 && (await isQueueEmpty())) await send(eventId, Number(reading.event.fence), old);
    }
    for (const orderId of resendAfter.keys()) if (!left.has(orderId)) resendAfter.delete(orderId);
  };

  async function findLeftBehind(eventId: string, nowMs: number): Promise<Reservation[]> {
    const old = await findOldPending(redis, eventId, nowMs - options.relayAfterMs);
    const stored = await findStoredIds(
      sequelize,
      old.map((reservation) => reservation.orderId),
    );
    await settle(redis, eventId, [...stored]);
    return old.filter((reservation) => !stored.has(reservation.orderId));
  }

  async function isQueueEmpty(): Promise<boolean> {
    return (await queues.read()).every(({ name, ready }) => name !== topology.queue || ready === 0);
  }

  async function send(eventId: string, fence: number, reservations: readonly Reservation[]): Promise<void> {
    const due = reservations.filter(({ orderId }) => (resendAfter.get(orderId)?.atMs ?? 0) <= Date.now());
    for (let start = 0; start < due.length; start += options.batchSizeMax) {
      const batch = due.slice(start, start + options.batchSizeMax);
      const result = await publisher.publish('orders', encodeOrders(eventId, fence, batch));
      if (result !== 'confirmed') return;
      for (const { orderId } of batch) noteSent(orderId);
      options.onRelayed(batch.length);
      log.warn({ eventId, orders: batch.length }, 'reservations that were left behind were sent again');
    }
  }

  function noteSent(orderId: string): void {
    const before = resendAfter.get(orderId);
    const delayMs = Math.min((before?.delayMs ?? options.relayAfterMs / 2) * 2, RESEND_DELAY_MAX_MS);
    resendAfter.set(orderId, { atMs: Date.now() + delayMs, delayMs });
  }
}
