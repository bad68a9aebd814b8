import type { Sequelize } from 'sequelize';
import { settings } from '../config/settings.js';
import { startedEnvironment, type LocalDeployment } from './localDeployment.js';
import { middlewareUrls } from './middleware/middlewareStatus.js';
import { probeStore } from './middleware/probeStore.js';
import { storeTitles, withoutPassword, type StoreName } from './middleware/store.js';
import { OperatorError } from './operatorError.js';

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

/** The URL of a store that answers. */
export async function requireStore(deployment: LocalDeployment, name: StoreName): Promise<string> {
  const environment = await startedEnvironment(deployment);
  const url = (await middlewareUrls({ home: deployment.home, environment }))[name];
  const suggestions = ['spikectl middleware up', 'spikectl status'];
  if (url === undefined) {
    throw new OperatorError({
      code: 'STORE_UNREACHABLE',
      message: `${storeTitles[name]} was never started here, and ${settings[`${name}Url`].env} names none.`,
      suggestions,
      exit: 5,
    });
  }
  try {
    await probeStore(name, url);
    return url;
  } catch (error) {
    const { message, code } = error as Error & { code?: string };
    throw new OperatorError({
      code: 'STORE_UNREACHABLE',
      message: `${storeTitles[name]} is not reachable at ${withoutPassword(url)}: ${message || code}.`,
      suggestions,
      exit: 5,
      cause: error,
    });
  }
}
