import { writeLocalConfig } from './localConfig.js';
import { keptVariables, startedEnvironment, type LocalDeployment } from './localDeployment.js';
import { requireStores } from './requireStores.js';
import type { ProcessName } from './services/processNames.js';
import { restartServices } from './services/restartServices.js';

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
  const kept = await keptVariables(deployment);
  if (kept.length > 0) report(`keeping from the last start what is not given now: ${kept.join(', ')}`);
  const local = await writeLocalConfig(deployment.home, {
    environment: await startedEnvironment(deployment),
  });
  return restartServices({ home: deployment.home, local, storeUrls, report, names });
}
