import { withLock } from '../withLock.js';
import { requirePm2Daemon } from './requirePm2Daemon.js';
import type { ProcessName } from './processNames.js';
import { servicesLock } from './startServices.js';
import { waitUntilServing } from './waitUntilServing.js';
import { withPm2 } from './withPm2.js';

const LOCK_WAIT_MS = 120_000;

/** Runs as many processes of a service as told; the ones it has keep running. */
export async function scaleService(options: { home: string; name: ProcessName; instances: number }): Promise<void> {
  const { home, name, instances } = options;
  await requirePm2Daemon(home);
  await withLock(servicesLock(home), { waitMs: LOCK_WAIT_MS }, () =>
    withPm2(home, async (pm2) => {
      const running = (await pm2.list()).filter((process) => process.name === name).length;
      if (running !== instances) await pm2.scale(name, instances);
    }),
  );
  await waitUntilServing({ home, names: [name] });
}
