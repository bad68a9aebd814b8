import { readLocalConfig, writeLocalConfig, type LocalConfig } from './localConfig.js';
import { startedEnvironment, type LocalDeployment } from './localDeployment.js';
import { storeNames, type StoreName } from './middleware/store.js';
import type { ProcessName } from './services/processNames.js';
import { restartServices } from './services/restartServices.js';
import { servicesStatus } from './services/servicesStatus.js';
import { startServices } from './services/startServices.js';
import { requireStore } from './withDatabase.js';

/** Starts those services that do not run, against stores that must answer. Returns the ones it started. */
export async function startDaemon(options: {
  deployment: LocalDeployment;
  report: (message: string) => void;
}): Promise<readonly ProcessName[]> {
  const { deployment, report } = options;
  const { home, sources } = deployment;
  const storeUrls = await requireStores(deployment);
  const isRunning = (await servicesStatus(home)).some((service) => service.status === 'online');
  const local = (isRunning ? await readLocalConfig(home) : undefined) ?? (await writeLocalConfig(home, sources));
  return startServices({ home, local, storeUrls, report });
}

/**
 * Stops and starts services, by which settings that were changed come into force. What is not given anew stays as it was at
 * the last start.
 */
export async function restartDaemon(options: {
  deployment: LocalDeployment;
  report: (message: string) => void;
  names: readonly ProcessName[];
}): Promise<readonly ProcessName[]> {
  const { deployment, report, names } = options;
  const storeUrls = await requireStores(deployment);
  const local: LocalConfig = await writeLocalConfig(deployment.home, {
    environment: await startedEnvironment(deployment),
  });
  return restartServices({ home: deployment.home, local, storeUrls, report, names });
}

async function requireStores(deployment: LocalDeployment): Promise<Readonly<Record<StoreName, string>>> {
  const urls = await Promise.all(storeNames.map(async (name) => [name, await requireStore(deployment, name)]));
  return Object.fromEntries(urls) as Record<StoreName, string>;
}
