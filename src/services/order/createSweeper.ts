import type { Sequelize } from 'sequelize';
import type { Log } from '../../http/createLog.js';
import { expireOrders, findDueReturns } from '../../stores/mysql/changeOrder.js';
import type { RedisStore } from '../../stores/redis/connectRedis.js';
import { returnUnits } from '../../stores/returnUnits.js';

/** Orders in one transaction: short enough to hold its row locks for milliseconds. */
const SWEEP_SIZE = 200;

export interface SweeperOptions {
  sequelize: Sequelize;
  redis: RedisStore;
  log: Log;
  onExpired(count: number): void;
}

/** Expires unpaid orders, and brings back the units of ended orders whose return was interrupted. */
export function createSweeper(options: SweeperOptions): () => Promise<void> {
  const { sequelize, log } = options;
  return async function sweep(): Promise<void> {
    for (;;) {
      const expired = await expireOrders(sequelize, SWEEP_SIZE);
      if (expired.length > 0) log.info({ orders: expired.length }, 'unpaid orders expired');
      options.onExpired(expired.length);
      if (expired.length < SWEEP_SIZE) break;
    }
    // Units that cannot return now (their event waits to be rebuilt) must not stand in the way of the others.
    for (let kept = 0; ;) {
      const due = await findDueReturns(sequelize, SWEEP_SIZE, kept);
      kept += due.length - (await returnUnits(options, due));
      if (due.length < SWEEP_SIZE) return;
    }
  };
}
