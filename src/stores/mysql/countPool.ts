import type { Sequelize } from 'sequelize';

export interface PoolCount {
  busy: number;
  idle: number;
  max: number;
  /** Questions that wait for a connection. */
  waiting: number;
}

/** The library has the pool and does not name it in its types. */
interface Pooled {
  connectionManager: { pool: { using: number; available: number; maxSize: number; waiting: number } };
}

/** How the connections of a pool are used at this moment. */
export function countPool(sequelize: Sequelize): PoolCount {
  const { using, available, maxSize, waiting } = (sequelize as unknown as Pooled).connectionManager.pool;
  return { busy: using, idle: available, max: maxSize, waiting };
}
