import { randomUUID } from 'node:crypto';
import { Counter } from 'prom-client';
import type { ServiceSetting } from '../../config/serviceSettings.js';
import { createAuth } from '../../http/auth.js';
import { createApp } from '../../http/createApp.js';
import { registerGauge } from '../../http/metrics.js';
import type { BuiltService, ServiceContext } from '../../http/runService.js';
import { registerPoolMetrics } from '../../http/poolMetrics.js';
import { createTokens } from '../../http/tokens.js';
import { connectMysqlOf } from '../../stores/mysql/connectMysqlOf.js';
import { createConsumer } from '../../stores/rabbitmq/createConsumer.js';
import { createPublisher } from '../../stores/rabbitmq/createPublisher.js';
import { createQueueReader } from '../../stores/rabbitmq/createQueueReader.js';
import { connectRedis } from '../../stores/redis/connectRedis.js';
import { forgetConsumer, reportInHand } from '../../stores/redis/consumers.js';
import { createCancelOrder } from './cancelOrder.js';
import { createLifeWatch } from './createLifeWatch.js';
import { createRelay } from './createRelay.js';
import { createStorer } from './createStorer.js';
import { createSweeper } from './createSweeper.js';
import { createListOrders } from './listOrders.js';
import { createPayOrder } from './payOrder.js';
import { registerRoutes } from './routes.js';
import { runEvery } from './runEvery.js';
import { createShowOrder } from './showOrder.js';

type OrderContext = ServiceContext<ServiceSetting<'order'>>;

/** How often a consumer says what it has in hand, for `queue list`. */
const REPORT_INTERVAL_MS = 250;

/** Turns messages into orders, looks after what was left behind, and answers shoppers about their orders. */
export async function createOrderService({ config, log, metrics, lifecycle }: OrderContext): Promise<BuiltService> {
  const sequelize = connectMysqlOf(config);
  registerPoolMetrics(metrics.registry, sequelize);
  const redis = connectRedis({
    url: config.redisUrl,
    keyPrefix: config.redisKeyPrefix,
    commandTimeoutMs: config.storeTimeoutMs,
    log,
  });
  const rabbitmq = { url: config.rabbitmqUrl, log };
  const publisher = await createPublisher({
    ...rabbitmq,
    name: 'order publisher',
    confirmTimeoutMs: config.publishConfirmTimeoutMs,
  });
  const queues = await createQueueReader({ ...rabbitmq, name: 'order queue reader' });

  const count = (name: string, help: string) => new Counter({ name, help, registers: [metrics.registry] });
  const stored = count('spike_orders_stored_total', 'Orders that this process has stored');
  const deadLettered = count('spike_orders_dead_lettered_total', 'Orders and messages that could not be stored');
  const relayed = count('spike_reservations_relayed_total', 'Reservations that were left behind and sent again');
  const expired = count('spike_orders_expired_total', 'Orders that were not paid in time');
  const rebuilt = count('spike_stock_rebuilt_total', 'Events whose stock was built anew');

  const storer = createStorer({
    sequelize,
    redis,
    publisher,
    log,
    batchSizeMax: config.storeBatchSizeMax,
    onStored: (orders) => stored.inc(orders),
    onDeadLettered: () => deadLettered.inc(),
  });
  const consumer = await createConsumer({
    ...rabbitmq,
    name: 'order consumer',
    prefetch: config.consumerPrefetch,
    handle: (deliveries) => storer.handle(deliveries),
  });
  registerGauge(
    metrics.registry,
    'spike_messages_in_hand',
    'Messages taken from the queue and not acked',
    () => consumer.inHand,
  );

  const relay = createRelay({
    sequelize,
    redis,
    publisher,
    queues,
    log,
    relayAfterMs: config.relayAfterMs,
    batchSizeMax: config.batchSizeMax,
    onRelayed: (reservations) => relayed.inc(reservations),
  });
  const watchLife = createLifeWatch({
    sequelize,
    redis,
    queues,
    publisher,
    log,
    settleMs: config.rebuildQuietMs,
    onRebuilt: () => rebuilt.inc(),
  });
  const sweep = createSweeper({ sequelize, redis, log, onExpired: (orders) => expired.inc(orders) });
  const processId = randomUUID();
  const loops = [
    runEvery('relay', config.relayIntervalMs, log, relay),
    runEvery('life', config.lifeCheckIntervalMs, log, watchLife),
    runEvery('sweep', config.expireIntervalMs, log, sweep),
    runEvery('report', REPORT_INTERVAL_MS, log, () => reportInHand(redis, processId, consumer)),
  ];

  const tokens = createTokens({
    audience: 'shopper',
    secret: config.userJwtSecret,
    lifetimeSeconds: config.tokenLifetimeSeconds,
    refreshWindowSeconds: config.tokenRefreshWindowSeconds,
  });
  const app = createApp({
    log,
    metrics,
    lifecycle,
    checks: {
      mysql: () => sequelize.query('SELECT 1'),
      redis: () => redis.client.ping(),
      rabbitmq: () => queues.read(),
    },
    checkTimeoutMs: config.storeTimeoutMs,
  });
  const stores = { sequelize, redis, log };
  registerRoutes(app.route, {
    auth: createAuth(tokens),
    listOrders: createListOrders(stores),
    showOrder: createShowOrder(stores),
    payOrder: createPayOrder(stores),
    cancelOrder: createCancelOrder(stores),
  });

  return {
    routes: app.routes,
    listener: app.listener,
    waitForStores: app.waitForStores,
    redis,
    async close() {
      storer.stop();
      await consumer.close();
      await Promise.all(loops.map((loop) => loop.stop()));
      await forgetConsumer(redis, processId).catch((error: unknown) =>
        log.debug({ err: error }, 'the report of this consumer ages out by itself'),
      );
      await Promise.all([publisher.close(), queues.close()]);
      await redis.close();
      await sequelize.close();
      metrics.close();
    },
  };
}
