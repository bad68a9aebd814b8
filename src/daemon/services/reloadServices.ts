import { withLock } from '../withLock.js';
import { requirePm2Daemon } from './requirePm2Daemon.js';
import { processNames, type ProcessName } from './processNames.js';
import { servicesLock } from './startServices.js';
import { waitUntilServing } from './waitUntilServing.js';
import { withPm2 } from './withPm2.js';

const LOCK_WAIT_MS = 120_000;

/**
 * Replaces the processes one by one with fresh ones that have the same settings; a cluster keeps answering meanwhile, a
 * single process is away for the moment of its restart.
 */
export async function reloadServices(options: { home: string; names?: readonly ProcessName[] }): Promise<void> {
  const { home, names = processNames } = options;
  await requirePm2Daemon(home);
  await withLock(servicesLock(home), { waitMs: LOCK_WAIT_MS }, () =>
    withPm2(home, async (pm2) => {
      for (const name of names) await pm2.reload(name);
    }),
  );
  await waitUntilServing({ home, names });
}
