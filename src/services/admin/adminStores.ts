import type { Sequelize } from 'sequelize';
import type { Log } from '../../http/createLog.js';
import type { RedisStore } from '../../stores/redis/connectRedis.js';

/** What most handlers of this service work on. */
export interface AdminStores {
  sequelize: Sequelize;
  redis: RedisStore;
  log: Log;
}
