import { withLock } from '../withLock.js';
import { OperatorError } from '../operatorError.js';
import { findPm2Daemon } from './pm2Daemon.js';
import { processNames, type ProcessName } from './processNames.js';
import { ignoreUnknownProcess, servicesLock, startServices, type StartServicesOptions } from './startServices.js';
import { waitUntilServing } from './waitUntilServing.js';
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

/**
 * Replaces the processes one by one with fresh ones that have the same settings; a cluster keeps answering meanwhile, a
 * single process is away for the moment of its restart.
 */
export async function reloadServices(options: { home: string; names?: readonly ProcessName[] }): Promise<void> {
  const { home, names = processNames } = options;
  await requireDaemon(home);
  await withLock(servicesLock(home), { waitMs: LOCK_WAIT_MS }, () =>
    withPm2(home, async (pm2) => {
      for (const name of names) await pm2.reload(name);
    }),
  );
  await waitUntilServing({ home, names });
}

/** Runs as many processes of a service as told; the ones it has keep running. */
export async function scaleService(options: { home: string; name: ProcessName; instances: number }): Promise<void> {
  const { home, name, instances } = options;
  await requireDaemon(home);
  await withLock(servicesLock(home), { waitMs: LOCK_WAIT_MS }, () =>
    withPm2(home, async (pm2) => {
      const running = (await pm2.list()).filter((process) => process.name === name).length;
      if (running !== instances) await pm2.scale(name, instances);
    }),
  );
  await waitUntilServing({ home, names: [name] });
}

async function requireDaemon(home: string): Promise<void> {
  if (await findPm2Daemon(home)) return;
  throw new OperatorError({
    code: 'NOT_RUNNING',
    message: 'The services are not running.',
    suggestions: ['spikectl up', 'spikectl daemon'],
  });
}
