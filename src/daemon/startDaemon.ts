import { readLocalConfig, writeLocalConfig } from './localConfig.js';
import type { LocalDeployment } from './localDeployment.js';
import type { ProcessName } from './services/processNames.js';
import { servicesStatus } from './services/servicesStatus.js';
import { startServices } from './services/startServices.js';
import { requireStores } from './requireStores.js';

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
