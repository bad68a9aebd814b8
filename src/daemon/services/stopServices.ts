import { identifyProcess, type ProcessIdentity } from '../processIdentity.js';
import { stopProcess } from '../stopProcess.js';
import { withLock } from '../withLock.js';
import { findPm2Daemon, stopPm2Daemon } from './pm2Daemon.js';
import { servicesLock } from './startServices.js';
import { withPm2 } from './withPm2.js';

const LOCK_WAIT_MS = 120_000;
/** pm2 has already waited for them and killed them; whoever lives on is ended here. */
const SURVIVOR_DEADLINE_MS = 2_000;

/**
 * Stops all processes of this home, gracefully and within their deadlines, and the pm2 daemon with them.
 *
 * @returns whether anything was running
 */
export async function stopServices(options: { home: string }): Promise<boolean> {
  const { home } = options;
  return withLock(servicesLock(home), { waitMs: LOCK_WAIT_MS }, async () => {
    if ((await findPm2Daemon(home)) === undefined) {
      await stopPm2Daemon(home);
      return false;
    }
    const survivors = await withPm2(home, async (pm2) => {
      const list = await pm2.list();
      const identities = await Promise.all(list.map((process) => identifyProcess(process.pid ?? 0)));
      if (list.length > 0) await pm2.delete('all');
      return identities.filter((identity): identity is ProcessIdentity => identity !== undefined);
    });
    await stopPm2Daemon(home);
    await Promise.all(survivors.map((identity) => stopProcess(identity, { deadlineMs: SURVIVOR_DEADLINE_MS })));
    return true;
  });
}
