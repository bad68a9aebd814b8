import { withLock } from '../withLock.js';
import { findPm2Daemon } from './pm2Daemon.js';
import { processNames, type ProcessName } from './processNames.js';
import { ignoreUnknownProcess, servicesLock, startServices, type StartServicesOptions } from './startServices.js';
import { withPm2 } from './withPm2.js';

const LOCK_WAIT_MS = 120_000;

/** Stops the processes and starts them with the settings in `local`: the way a changed setting comes into force. */
export async function restartServices(options: StartServicesOptions): Promise<readonly ProcessName[]> {
  const { home, names = processNames } = options;
  if (await findPm2Daemon(home)) {
    await withLock(servicesLock(home), { waitMs: LOCK_WAIT_MS }, () =>
      withPm2(home, async (pm2) => {
        await Promise.all(names.map((name) => pm2.delete(name).catch(ignoreUnknownProcess)));
      }),
    );
  }
  return startServices({ ...options, names });
}
