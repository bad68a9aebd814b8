import { setTimeout as sleep } from 'node:timers/promises';
import type { Sequelize } from 'sequelize';
import type { PublishedReservation } from '../../domain/order.js';
import type { Log } from '../../http/createLog.js';
import { unavailableStore } from '../../http/toRefusal.js';
import { isDatabaseError, isRefused } from '../../stores/mysql/isRefused.js';
import { storeOrders } from '../../stores/mysql/storeOrders.js';
import type { Delivery } from '../../stores/rabbitmq/createConsumer.js';
import type { Publisher } from '../../stores/rabbitmq/createPublisher.js';
import { decodeOrders, encodeOrders } from '../../stores/rabbitmq/orderMessage.js';
import { adopt } from '../../stores/redis/adopt.js';
import type { RedisStore } from '../../stores/redis/connectRedis.js';
import { park, settle } from '../../stores/redis/pending.js';

export interface StorerOptions {
  sequelize: Sequelize;
  redis: RedisStore;
  /** Where orders go that cannot be stored. */
  publisher: Publisher;
  log: Log;
  /** Orders in one transaction. */
  batchSizeMax: number;
  /** Told how many orders a transaction has stored. */
  onStored(count: number): void;
  onDeadLettered(): void;
}

export interface Storer {
  handle(deliveries: readonly Delivery[]): Promise<void>;
  /** Lets go of what a store's absence holds up: those messages come again. */
  stop(): void;
}

const RETRY_DELAY_MIN_MS = 50;
const RETRY_DELAY_MAX_MS = 1_000;

interface DecodedDelivery {
  delivery: Delivery;
  reservations: PublishedReservation[];
}

/** No retry of this order can succeed. */
class UnstorableError extends Error {
  override readonly name = 'UnstorableError';
}

/**
 * Turns messages into orders. A batch is stored in one transaction, then its reservations leave `pending`, then its messages
 * are acked; a crash at any point brings the messages again, and storing them again changes nothing.
 *
 * What can go wrong has three ends. A store that is **away** or ill (its disk is full, say) is waited for with the messages in
 * hand: an outage is no fault of theirs and uses up none of their redeliveries. A batch that is **refused** is taken apart and stored order by order. An
 * order that is refused alone goes to the **dead-letter** queue and is marked as parked, and its message is acked only when
 * the broker has confirmed that.
 */
export function createStorer(options: StorerOptions): Storer {
  const { sequelize, redis, publisher, log } = options;
  let isStopped = false;

  return {
    async handle(deliveries) {
      for (const batch of toBatches(decode(deliveries), options.batchSizeMax)) {
        if (isStopped) return;
        await storeBatch(batch);
      }
    },
    stop() {
      isStopped = true;
    },
  };

  function decode(deliveries: readonly Delivery[]): DecodedDelivery[] {
    const decoded: DecodedDelivery[] = [];
    for (const delivery of deliveries) {
      try {
        decoded.push({ delivery, reservations: decodeOrders(delivery.content, delivery.publishedAtMs) });
      } catch (error) {
        log.error({ err: error }, 'a message that cannot be read goes to the dead-letter queue');
        options.onDeadLettered();
        delivery.deadLetter();
      }
    }
    return decoded;
  }

  async function storeBatch(batch: readonly DecodedDelivery[]): Promise<void> {
    const reservations = batch.flatMap((decoded) => decoded.reservations);
    try {
      if (!(await storeWhenPossible(reservations))) return;
    } catch (error) {
      log.warn({ err: error, orders: reservations.length }, 'a batch was refused; storing its orders one by one');
      for (const reservation of reservations) if (!(await storeAlone(reservation))) return;
    }
    for (const { delivery } of batch) delivery.ack();
  }

  /** @returns false when it was told to stop; @throws when the orders are refused */
  async function storeWhenPossible(reservations: readonly PublishedReservation[]): Promise<boolean> {
    const done = await whenAvailable(() => storeOrders(sequelize, reservations, { adopt: adoptAll }));
    if (done === undefined) return false;
    options.onStored(done.stored);
    await settleAll(reservations);
    return true;
  }

  async function storeAlone(reservation: PublishedReservation): Promise<boolean> {
    try {
      return await storeWhenPossible([reservation]);
    } catch (error) {
      return deadLetter(reservation, error instanceof Error ? error.message : String(error));
    }
  }

  async function deadLetter(reservation: PublishedReservation, reason: string): Promise<boolean> {
    const { eventId, orderId, fence } = reservation;
    log.error({ orderId, eventId, reason }, 'an order that cannot be stored goes to the dead-letter queue');
    const content = encodeOrders(eventId, fence, [reservation]);
    let delayMs = RETRY_DELAY_MIN_MS;
    while ((await publisher.publish('dead', content, { reason: reason.slice(0, 200) })) !== 'confirmed') {
      if (isStopped) return false;
      await sleep(delayMs);
      delayMs = Math.min(delayMs * 2, RETRY_DELAY_MAX_MS);
    }
    options.onDeadLettered();
    await whenAvailable(() => park(redis, eventId, orderId, reason));
    return true;
  }

  /** Repeats the work until the stores it needs are there. @returns undefined when it was told to stop */
  async function whenAvailable<T>(work: () => Promise<T>): Promise<T | undefined> {
    for (let delayMs = RETRY_DELAY_MIN_MS; !isStopped; delayMs = Math.min(delayMs * 2, RETRY_DELAY_MAX_MS)) {
      try {
        return await work();
      } catch (error) {
        const store = unavailableStore(error) ?? (isDatabaseError(error) && !isRefused(error) ? 'mysql' : undefined);
        if (store === undefined) throw error;
        log.warn({ store, err: error }, 'orders wait for a store');
        await sleep(delayMs);
      }
    }
    return undefined;
  }

  /** With the event's row locked, so the fence cannot rise meanwhile. */
  async function adoptAll(reservations: readonly PublishedReservation[]): Promise<void> {
    for (const reservation of reservations) {
      const code = await adopt(redis, reservation);
      log.warn({ orderId: reservation.orderId, code }, 'an order of an earlier life of the stock');
      if (code === 'SOLD_OUT' || code === 'LIMIT_REACHED') {
        throw new UnstorableError(`Its reservation was lost with an earlier life of the stock, and now: ${code}.`);
      }
      // NO_EVENT and STALE: the stock is lost again, and the next rebuild counts this order from MySQL.
    }
  }

  /** Reservations that stay in `pending` although they are stored are found and removed by the relay. */
  async function settleAll(reservations: readonly PublishedReservation[]): Promise<void> {
    const ofEvents = new Map<string, string[]>();
    for (const { eventId, orderId } of reservations) {
      const ids = ofEvents.get(eventId);
      if (ids === undefined) ofEvents.set(eventId, [orderId]);
      else ids.push(orderId);
    }
    for (const [eventId, orderIds] of ofEvents) {
      await settle(redis, eventId, orderIds).catch((error: unknown) =>
        log.warn({ err: error, eventId }, 'stored reservations stay in pending until the relay looks'),
      );
    }
  }
}

/** Whole messages, at most `sizeMax` orders together unless one message alone has more. */
function toBatches(decoded: readonly DecodedDelivery[], sizeMax: number): DecodedDelivery[][] {
  const batches: DecodedDelivery[][] = [];
  let size = Infinity;
  for (const delivery of decoded) {
    size += delivery.reservations.length;
    if (size > sizeMax) {
      batches.push([]);
      size = delivery.reservations.length;
    }
    batches.at(-1)?.push(delivery);
  }
  return batches;
}
