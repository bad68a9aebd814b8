import type { ServiceSetting } from '../../config/serviceSettings.js';
import { limitNames, type Limits } from '../../domain/limits.js';
import { createAddressLimit } from '../../http/addressLimit.js';
import { createApp } from '../../http/createApp.js';
import { createLoginThrottle } from '../../http/loginThrottle.js';
import { createPasswords } from '../../http/passwords.js';
import { registerPoolMetrics } from '../../http/poolMetrics.js';
import type { BuiltService, ServiceContext } from '../../http/runService.js';
import { createTokens } from '../../http/tokens.js';
import { connectMysqlOf } from '../../stores/mysql/connectMysqlOf.js';
import { createDeadLetterBox } from '../../stores/rabbitmq/createDeadLetterBox.js';
import { createPublisher } from '../../stores/rabbitmq/createPublisher.js';
import { createQueueReader } from '../../stores/rabbitmq/createQueueReader.js';
import { connectRedis } from '../../stores/redis/connectRedis.js';
import { createLiveLimits } from '../../stores/redis/limits.js';
import { takeToken } from '../../stores/redis/takeToken.js';
import { createFrameGatherer, FRAME_EVENTS_MAX, FRAME_INTERVAL_MS } from './live/createFrameGatherer.js';
import { createLiveFeed } from './live/createLiveFeed.js';
import { METRIC_EVENTS_MAX, registerSystemMetrics } from './live/systemMetrics.js';
import { registerRoutes } from './routes.js';
import { createTestTokens } from './testBuyers/createTestTokens.js';

/** A frame comes every second: of those that watch, not every one needs all reservations looked through. */
const STUCK_LOOK_FRAMES = 5;

type AdminContext = ServiceContext<ServiceSetting<'admin'>>;

/** What staff do: events, commodities, users, orders, queues, audit. */
export async function createAdminService(context: AdminContext): Promise<BuiltService> {
  const { config, log, metrics, lifecycle } = context;
  const sequelize = connectMysqlOf(config);
  const redis = connectRedis({
    url: config.redisUrl,
    keyPrefix: config.redisKeyPrefix,
    commandTimeoutMs: config.storeTimeoutMs,
    log,
  });
  const settings = pickLimits(config);
  const limits = createLiveLimits(redis, settings);
  const rabbitmq = { url: config.rabbitmqUrl, log };
  const queues = await createQueueReader({ ...rabbitmq, name: 'admin queue reader' });
  const deadLetters = await createDeadLetterBox({
    ...rabbitmq,
    name: 'admin dead letters',
    answerTimeoutMs: config.storeTimeoutMs,
  });
  const publisher = await createPublisher({
    ...rabbitmq,
    name: 'admin publisher',
    confirmTimeoutMs: config.publishConfirmTimeoutMs,
  });
  const tokens = createTokens({
    audience: 'staff',
    secret: config.adminJwtSecret,
    lifetimeSeconds: config.tokenLifetimeSeconds,
    refreshWindowSeconds: config.tokenRefreshWindowSeconds,
  });
  const testTokens = createTestTokens({
    url: config.userUrl,
    serviceToken: config.serviceToken,
    timeoutMs: config.requestTimeoutMs,
  });
  const throttle = createLoginThrottle({
    redis: redis.client,
    failuresKey: (name) => redis.keys.loginFailures('staff', name),
    failuresMax: config.loginFailuresMax,
    lockSeconds: config.loginLockSeconds,
  });

  const stores = { sequelize, redis, log };
  const gathererOptions = { stores, queues, limits, stuckAfterSeconds: config.stuckAfterSeconds };
  const frames = { ...gathererOptions, eventsMax: FRAME_EVENTS_MAX, stuckLookFrames: STUCK_LOOK_FRAMES };
  const feed = createLiveFeed(
    () => {
      const gather = createFrameGatherer(frames);
      return async () => (await gather()).frame;
    },
    { intervalMs: FRAME_INTERVAL_MS, log },
  );
  const scrapes = { ...gathererOptions, eventsMax: METRIC_EVENTS_MAX, stuckLookFrames: 1 };
  registerSystemMetrics(metrics.registry, createFrameGatherer(scrapes));
  registerPoolMetrics(metrics.registry, sequelize);

  const app = createApp({
    log,
    metrics,
    lifecycle,
    // Not RabbitMQ: only the list of queues needs it.
    checks: { mysql: () => sequelize.query('SELECT 1'), redis: () => redis.client.ping() },
    watched: { rabbitmq: () => queues.ping() },
    checkTimeoutMs: config.storeTimeoutMs,
  });
  registerRoutes(app.route, {
    stores,
    queues,
    deadLetters,
    publisher,
    tokens,
    throttle,
    testTokens,
    passwords: createPasswords(),
    addressLimit: createAddressLimit({
      takeToken: (key, ratePerSecond, burst) => takeToken(redis, key, ratePerSecond, burst),
      addressBucketKey: redis.keys.addressBucket,
      limits: () => limits.current(),
      trustedProxyHops: config.trustedProxyHops,
    }),
    nationalIdKey: config.nationalIdKey,
    bodyBytesMax: config.bodyBytesMax,
    limits,
    limitSettings: settings,
    stuckAfterSeconds: config.stuckAfterSeconds,
    feed,
  });
  return {
    routes: app.routes,
    listener: app.listener,
    waitForStores: app.waitForStores,
    redis,
    endStreams: () => feed.end(),
    async close() {
      limits.close();
      await Promise.all([queues.close(), deadLetters.close(), publisher.close(), testTokens.close()]);
      await redis.close();
      await sequelize.close();
      metrics.close();
    },
  };
}

function pickLimits(config: Limits): Limits {
  return Object.fromEntries(limitNames.map((name) => [name, config[name]])) as Limits;
}
