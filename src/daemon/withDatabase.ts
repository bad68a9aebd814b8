import type { Sequelize } from 'sequelize';
import type { LocalDeployment } from './localDeployment.js';
import { requireStore } from './requireStore.js';

const CONNECTIONS_MAX = 2;

/**
 * Runs the action on the deployment's database, and closes the connections afterwards.
 *
 * @throws OperatorError when MySQL does not answer
 */
export async function withDatabase<T>(
  deployment: LocalDeployment,
  action: (sequelize: Sequelize) => Promise<T>,
): Promise<T> {
  const url = await requireStore(deployment, 'mysql');
  const { connectMysql } = await import('../stores/mysql/connectMysql.js');
  const sequelize = connectMysql({ url, poolMax: CONNECTIONS_MAX });
  try {
    return await action(sequelize);
  } finally {
    await sequelize.close();
  }
}
