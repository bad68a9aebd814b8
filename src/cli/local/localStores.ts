import { middlewareStatus } from '../../daemon/middleware/middlewareStatus.js';
import { startedEnvironment } from '../../daemon/localDeployment.js';
import { findDeployment } from './findDeployment.js';
import { isOnThisMachine } from './isOnThisMachine.js';

/** The stores of this machine's deployment; empty when the URL is not that of this machine. */
export async function localStores(
  url: string,
): Promise<{ name: string; url: string | null; version: string | null }[]> {
  if (!isOnThisMachine(url)) return [];
  const deployment = await findDeployment();
  const environment = await startedEnvironment(deployment);
  const stores = await middlewareStatus({ home: deployment.home, environment });
  return stores.map(({ name, url: at, version }) => ({ name, url: at, version }));
}
