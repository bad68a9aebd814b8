import { fileURLToPath } from 'node:url';
import type { ServiceSetting } from '../../config/serviceSettings.js';
import { createAccessClient } from '../../http/accessClient.js';
import { createAddressLimit } from '../../http/addressLimit.js';
import { createAuth, createRefreshAuth } from '../../http/auth.js';
import { createApp } from '../../http/createApp.js';
import { createLoginThrottle } from '../../http/loginThrottle.js';
import { createPasswords } from '../../http/passwords.js';
import type { BuiltService, ServiceContext } from '../../http/runService.js';
import { registerPoolMetrics } from '../../http/poolMetrics.js';
import { createTokens } from '../../http/tokens.js';
import { connectMysqlOf } from '../../stores/mysql/connectMysqlOf.js';
import { connectRedis } from '../../stores/redis/connectRedis.js';
import { createLiveLimits } from '../../stores/redis/limits.js';
import { takeToken } from '../../stores/redis/takeToken.js';
import { createEventBoard } from './createEventBoard.js';
import { createIssueTestTokens } from './issueTestTokens.js';
import { createListEventOrders } from './listEventOrders.js';
import { createListEvents } from './listEvents.js';
import { createLogin } from './login.js';
import { createRefreshToken } from './refreshToken.js';
import { createRegister } from './register.js';
import { registerRoutes } from './routes.js';
import { createServePage } from './servePage.js';
import { createShowAccess } from './showAccess.js';
import { createShowEvent } from './showEvent.js';

type UserContext = ServiceContext<ServiceSetting<'user'>>;

/** Where the build puts the page, seen from the built service. */
const PAGE_FOLDER = fileURLToPath(new URL('../../web', import.meta.url));

/** Accounts, what shoppers see of the events, and the page. */
export function createUserService(context: UserContext, pageFolder: string = PAGE_FOLDER): BuiltService {
  const { config, log, metrics, lifecycle } = context;
  const sequelize = connectMysqlOf(config);
  registerPoolMetrics(metrics.registry, sequelize);
  const redis = connectRedis({
    url: config.redisUrl,
    keyPrefix: config.redisKeyPrefix,
    commandTimeoutMs: config.storeTimeoutMs,
    log,
  });
  const { addressRatePerMinute, addressBurst } = config;
  const limits = createLiveLimits(redis, { addressRatePerMinute, addressBurst });
  const access = createAccessClient({
    url: config.accessUrl,
    serviceToken: config.serviceToken,
    timeoutMs: config.storeTimeoutMs,
  });
  const tokens = createTokens({
    audience: 'shopper',
    secret: config.userJwtSecret,
    lifetimeSeconds: config.tokenLifetimeSeconds,
    refreshWindowSeconds: config.tokenRefreshWindowSeconds,
  });
  const passwords = createPasswords();
  const throttle = createLoginThrottle({
    redis: redis.client,
    failuresKey: (name) => redis.keys.loginFailures('shopper', name),
    failuresMax: config.loginFailuresMax,
    lockSeconds: config.loginLockSeconds,
  });
  const board = createEventBoard({ sequelize, redis, eventCacheMs: config.eventCacheMs, log });

  const app = createApp({
    log,
    metrics,
    lifecycle,
    checks: { mysql: () => sequelize.query('SELECT 1'), redis: () => redis.client.ping() },
    checkTimeoutMs: config.storeTimeoutMs,
    fallback: createServePage(pageFolder),
  });
  registerRoutes(app.route, {
    addressLimit: createAddressLimit({
      takeToken: (key, ratePerSecond, burst) => takeToken(redis, key, ratePerSecond, burst),
      addressBucketKey: redis.keys.addressBucket,
      limits: () => limits.current(),
      trustedProxyHops: config.trustedProxyHops,
    }),
    auth: createAuth(tokens),
    refreshAuth: createRefreshAuth(tokens),
    bodyBytesMax: config.bodyBytesMax,
    register: createRegister({ sequelize, passwords, tokens, nationalIdKey: config.nationalIdKey }),
    login: createLogin({ sequelize, passwords, tokens, throttle }),
    refreshToken: createRefreshToken({ sequelize, tokens }),
    listEvents: createListEvents(board),
    showEvent: createShowEvent(board),
    showAccess: createShowAccess(board, access),
    listEventOrders: createListEventOrders({ sequelize, redis, board }),
    serviceToken: config.serviceToken,
    issueTestTokens: createIssueTestTokens({ sequelize, tokens }),
  });
  return {
    routes: app.routes,
    listener: app.listener,
    waitForStores: app.waitForStores,
    redis,
    async close() {
      limits.close();
      await access.close();
      await redis.close();
      await sequelize.close();
    },
  };
}
