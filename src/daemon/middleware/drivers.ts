import { mysqlDriver } from './mysqlDriver.js';
import { rabbitmqDriver } from './rabbitmqDriver.js';
import { redisDriver } from './redisDriver.js';
import type { StoreName } from './store.js';
import type { StoreDriver } from './storeDriver.js';

export const drivers: Readonly<Record<StoreName, StoreDriver>> = {
  mysql: mysqlDriver,
  redis: redisDriver,
  rabbitmq: rabbitmqDriver,
};
