import type { LocalDeployment } from './localDeployment.js';
import { hasLivingProcess } from './middleware/hasLivingProcess.js';
import { storeNames, type StoreName } from './middleware/store.js';
import { findPm2Daemon } from './services/pm2Daemon.js';

/** What `down` would stop now. */
export async function foreseeDown({
  home,
}: LocalDeployment): Promise<{ services: boolean; middleware: readonly StoreName[] }> {
  const runs = await Promise.all(storeNames.map((name) => hasLivingProcess(home, name)));
  return {
    services: (await findPm2Daemon(home)) !== undefined,
    middleware: storeNames.filter((_, index) => runs[index]),
  };
}
