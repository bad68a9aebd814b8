import { setTimeout as sleep } from 'node:timers/promises';
import type { Sequelize } from 'sequelize';
import type { Reservation } from '../../domain/order.js';
import type { Log } from '../../http/createLog.js';
import { differingFields, mendEvent } from '../../stores/mendEvent.js';
import { listAllSaleEvents } from '../../stores/mysql/saleEvents.js';
import { readStoredLimits } from '../../stores/mysql/liveLimits.js';
import { withNamedLock } from '../../stores/mysql/withNamedLock.js';
import type { Publisher } from '../../stores/rabbitmq/createPublisher.js';
import type { QueueReader } from '../../stores/rabbitmq/createQueueReader.js';
import { encodeOrders } from '../../stores/rabbitmq/orderMessage.js';
import { topology } from '../../stores/rabbitmq/topology.js';
import { rebuildEvent } from '../../stores/rebuildEvent.js';
import type { RedisStore } from '../../stores/redis/connectRedis.js';
import { readConsumers, redisNowMs, type ConsumerReport } from '../../stores/redis/consumers.js';
import { isLifeCurrent, markLife, readEvent } from '../../stores/redis/events.js';
import { readLimits, writeLimits } from '../../stores/redis/limits.js';

export interface LifeWatchOptions {
  sequelize: Sequelize;
  redis: RedisStore;
  queues: QueueReader;
  /** Where reservations go for which no unit is left. */
  publisher: Publisher;
  log: Log;
  /** How long the publishes of a lost life are given to reach the queue; longer than a publish waits for its confirm. */
  settleMs: number;
  onRebuilt(): void;
}

/** Looking at every event costs a script call each, and only a person with `redis-cli` can make one vanish alone. */
const LOOK_AT_EVENTS_INTERVAL_MS = 3_000;
const DRAIN_POLL_MS = 50;
/** A drain that takes longer is left and begun again: the broker may be away, and the sale stays paused meanwhile. */
const DRAIN_TIMEOUT_MS = 60_000;
/** A message may be this long on its way from the broker to a consumer. */
const DELIVERY_MS = 200;

/**
 * Watches whether Redis is still the one that the stock was built on. From the moment it is another (restarted, emptied, failed
 * over) the reserve script refuses every purchase by itself; this watch then brings the stock back:
 *
 * 1. one order service at a time, by a lock in MySQL;
 * 2. wait until everything that the broker had confirmed is in MySQL (see `drain`);
 * 3. rebuild each event that is missing, stale or under another fence than MySQL says;
 * 4. mark the life, unless an event could not be rebuilt: from now on an event that is missing does not exist.
 *
 * It also brings an event's fields and the limits for all events to Redis where they differ: an edit whose answer was lost, say.
 */
export function createLifeWatch(options: LifeWatchOptions): (signal: AbortSignal) => Promise<void> {
  const { sequelize, redis, log } = options;
  let lookedAtMs = -Infinity;

  return async function watchLife(signal): Promise<void> {
    const isCurrent = await isLifeCurrent(redis);
    if (isCurrent && performance.now() - lookedAtMs < LOOK_AT_EVENTS_INTERVAL_MS) return;
    await mendLimits();
    const broken = await findBroken();
    if (broken.length > 0)
      log.warn({ events: broken.length }, 'Redis has lost stock; draining the queue, then rebuilding');
    if (broken.length > 0 || !isCurrent) {
      await withNamedLock(sequelize, 'rebuild', () => rebuild(broken.length > 0, signal));
    }
    lookedAtMs = performance.now();
  };

  /** Ids of the events that Redis does not have in good order. */
  async function findBroken(): Promise<string[]> {
    const events = await listAllSaleEvents(sequelize);
    const readings = await Promise.all(events.map((event) => readEvent(redis, event.id)));
    const broken: string[] = [];
    for (const [index, event] of events.entries()) {
      const reading = readings[index];
      if (reading?.code !== 'OK' || Number(reading.event.fence) !== event.fence) broken.push(event.id);
      else if (differingFields(reading.event, event).length > 0) await mendEvent({ sequelize, redis, log }, event.id);
    }
    return broken;
  }

  async function deadLetter(reservations: readonly Reservation[], fence: number, reason: string): Promise<void> {
    for (const reservation of reservations) {
      const content = encodeOrders(reservation.eventId, fence, [reservation]);
      if ((await options.publisher.publish('dead', content, { reason })) !== 'confirmed')
        throw new Error('The broker has not confirmed a dead letter; the stock is rebuilt when it does.');
    }
  }

  /** After a Redis that lost its memory, or a change whose commit failed. */
  async function mendLimits(): Promise<void> {
    const [stored, live] = await Promise.all([readStoredLimits(sequelize), readLimits(redis)]);
    if (stored.version === (live?.version ?? 0)) return;
    await sequelize.transaction(async (transaction) => {
      await writeLimits(redis, await readStoredLimits(sequelize, { transaction, lock: true }));
    });
  }

  async function rebuild(mustDrain: boolean, signal: AbortSignal): Promise<void> {
    if (mustDrain) await drain(signal);
    let failed = 0;
    for (const eventId of await findBroken()) {
      try {
        if ((await rebuildEvent({ sequelize, redis, log, deadLetter }, eventId)) !== undefined) options.onRebuilt();
      } catch (error) {
        failed += 1;
        log.error({ err: error, eventId }, 'the stock of an event could not be rebuilt; it stays paused');
      }
    }
    if (failed === 0) await markLife(redis);
  }

  /**
   * Waits until every message that was confirmed before now has been dealt with. The events that lost their stock reserve
   * nothing any more, so what they have published is all there is; others may go on selling. Once the queue has been seen
   * without a ready message, all that was published before has been delivered, and each consumer must have got rid of what
   * it received until then. A consumer that died still counts at the broker, until the broker gives its messages to others:
   * as long as the consumers that the broker counts are not those that report, nothing is certain and the wait starts over.
   *
   * @throws Error when that does not come to pass in time, or the broker is away
   */
  async function drain(signal: AbortSignal): Promise<void> {
    const deadlineMs = performance.now() + DRAIN_TIMEOUT_MS;
    await sleep(options.settleMs, undefined, { signal });
    let deliveredAtMs: number | undefined;
    for (;;) {
      const nowMs = await redisNowMs(redis);
      const { ready, consumers } = await readOrderQueue();
      const reports = await readConsumers(redis);
      if (consumers === 0 || consumers !== reports.length) deliveredAtMs = undefined;
      else if (deliveredAtMs === undefined) deliveredAtMs = ready === 0 ? nowMs + DELIVERY_MS : undefined;
      else if (reports.every((report) => hasSettled(report, deliveredAtMs!))) return;
      if (performance.now() > deadlineMs)
        throw new Error('The order queue was not drained in time; stock stays paused.');
      await sleep(DRAIN_POLL_MS, undefined, { signal });
    }
  }

  async function readOrderQueue(): Promise<{ ready: number; consumers: number }> {
    const depths = await options.queues.read();
    return depths.find(({ name }) => name === topology.queue) ?? { ready: 0, consumers: 0 };
  }
}

/** Whether a consumer has dealt with all that it received until then. */
function hasSettled({ reportedAtMs, oldestAgeMs }: ConsumerReport, atMs: number): boolean {
  return reportedAtMs > atMs && (oldestAgeMs === undefined || reportedAtMs - oldestAgeMs > atMs);
}
