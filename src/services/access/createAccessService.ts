import type { ServiceSetting } from '../../config/serviceSettings.js';
import { createApp } from '../../http/createApp.js';
import { registerPoolMetrics } from '../../http/poolMetrics.js';
import type { BuiltService, ServiceContext } from '../../http/runService.js';
import { connectMysqlOf } from '../../stores/mysql/connectMysqlOf.js';
import { connectRedis, subscribeToChanges } from '../../stores/redis/connectRedis.js';
import { createDecider } from './createDecider.js';
import { createRuleCache } from './createRuleCache.js';
import { registerRoutes } from './routes.js';

/** Says who may buy in which event, by the event's rule, and remembers what it said. */
export function createAccessService(context: ServiceContext<ServiceSetting<'access'>>): BuiltService {
  const { config, log, metrics, lifecycle } = context;
  const sequelize = connectMysqlOf(config);
  registerPoolMetrics(metrics.registry, sequelize);
  const redisOptions = {
    url: config.redisUrl,
    keyPrefix: config.redisKeyPrefix,
    commandTimeoutMs: config.storeTimeoutMs,
    log,
  };
  const redis = connectRedis(redisOptions);
  const rules = createRuleCache({ sequelize, redis, log });
  const changes = subscribeToChanges(redisOptions, (eventId) => rules.forget(eventId));
  const decideAll = createDecider({ sequelize, redis, rules, cacheSeconds: config.accessCacheSeconds, log });

  const app = createApp({
    log,
    metrics,
    lifecycle,
    checks: { mysql: () => sequelize.query('SELECT 1'), redis: () => redis.client.ping() },
    checkTimeoutMs: config.storeTimeoutMs,
  });
  registerRoutes(app.route, { decideAll, serviceToken: config.serviceToken, bodyBytesMax: config.bodyBytesMax });
  return {
    routes: app.routes,
    listener: app.listener,
    waitForStores: app.waitForStores,
    redis,
    async close() {
      await changes.close();
      await redis.close();
      await sequelize.close();
    },
  };
}
