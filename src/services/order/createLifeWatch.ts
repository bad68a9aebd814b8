import { setTimeout as sleep } from 'node:timers/promises';
import type { Sequelize } from 'sequelize';
import type { Log } from '../../http/createLog.js';
import { listSaleEventIds } from '../../stores/mysql/saleEvents.js';
import { withNamedLock } from '../../stores/mysql/withNamedLock.js';
import type { QueueReader } from '../../stores/rabbitmq/createQueueReader.js';
import { topology } from '../../stores/rabbitmq/topology.js';
import { rebuildEvent } from '../../stores/rebuildEvent.js';
import type { RedisStore } from '../../stores/redis/connectRedis.js';
import { isLifeCurrent, markLife, readEvent } from '../../stores/redis/events.js';

export interface LifeWatchOptions {
  sequelize: Sequelize;
  redis: RedisStore;
  queues: QueueReader;
  log: Log;
  /** Messages that this process's consumer has in hand. */
  inHand(): number;
  /** How long the order queue must stay empty before stock is rebuilt. */
  quietMs: number;
  onRebuilt(): void;
}

/** Looking at every event costs a script call each, and only a person with `redis-cli` can make one vanish alone. */
const LOOK_AT_EVENTS_INTERVAL_MS = 3_000;
const DRAIN_POLL_MS = 50;
/** A drain that takes longer is left and begun again: the broker may be away, and the sale stays paused meanwhile. */
const DRAIN_TIMEOUT_MS = 60_000;

/**
 * Watches whether Redis is still the one that the stock was built on. From the moment it is another (restarted, emptied, failed
 * over) the reserve script refuses every purchase by itself; this watch then brings the stock back:
 *
 * 1. one order service at a time, by a lock in MySQL;
 * 2. wait until the order queue has been empty for a while, so that everything the broker confirmed is in MySQL;
 * 3. rebuild each event that is missing or stale, under a higher fence;
 * 4. mark the life: from now on an event that is missing does not exist.
 */
export function createLifeWatch(options: LifeWatchOptions): () => Promise<void> {
  const { sequelize, redis, log } = options;
  let lookedAtMs = -Infinity;

  return async function watchLife(): Promise<void> {
    const isCurrent = await isLifeCurrent(redis);
    if (isCurrent && performance.now() - lookedAtMs < LOOK_AT_EVENTS_INTERVAL_MS) return;
    const broken = await findBroken();
    if (broken.length > 0 || !isCurrent) {
      if (broken.length > 0)
        log.warn({ events: broken.length }, 'Redis has lost stock; draining the queue, then rebuilding');
      await withNamedLock(sequelize, 'rebuild', () => rebuild(broken.length > 0));
    }
    lookedAtMs = performance.now();
  };

  async function findBroken(): Promise<string[]> {
    const ids = await listSaleEventIds(sequelize);
    const readings = await Promise.all(ids.map((eventId) => readEvent(redis, eventId)));
    return ids.filter((_eventId, index) => readings[index]?.code !== 'OK');
  }

  async function rebuild(mustDrain: boolean): Promise<void> {
    if (mustDrain) await drain();
    for (const eventId of await findBroken()) {
      if ((await rebuildEvent({ sequelize, redis, log }, eventId)) !== undefined) options.onRebuilt();
    }
    await markLife(redis);
  }

  /** @throws Error when the queue does not become empty in time, or the broker is away */
  async function drain(): Promise<void> {
    const deadlineMs = performance.now() + DRAIN_TIMEOUT_MS;
    let quietSinceMs = performance.now();
    while (performance.now() - quietSinceMs < options.quietMs) {
      const isBusy = options.inHand() > 0 || (await readyCount()) > 0;
      if (isBusy) quietSinceMs = performance.now();
      if (performance.now() > deadlineMs) throw new Error('The order queue did not become empty; stock stays paused.');
      await sleep(DRAIN_POLL_MS);
    }
  }

  async function readyCount(): Promise<number> {
    const depths = await options.queues.read();
    return depths.find(({ name }) => name === topology.queue)?.ready ?? 0;
  }
}
