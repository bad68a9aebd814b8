import type { LocalDeployment } from '../../localDeployment.js';
import { middlewareLogs } from '../../middleware/middlewareLogs.js';
import { storeNames } from '../../middleware/store.js';
import { processLogFile } from '../../services/describeProcesses.js';
import { pm2LogFile } from '../../services/pm2Daemon.js';
import { processNames } from '../../services/processNames.js';
import { tailFile } from '../../tailFile.js';

/** Some minutes of a service that has something to say. */
const LINES_MAX = 500;

/** The last lines of every process and every private store, by the file's name in the bundle. */
export async function collectLogs({ home }: LocalDeployment): Promise<Record<string, string>> {
  const logs: [string, readonly string[]][] = [['logs/pm2.log', await tailFile(pm2LogFile(home), LINES_MAX)]];
  for (const name of processNames) {
    logs.push([`logs/${name}.log`, await tailFile(processLogFile(home, name), LINES_MAX)]);
  }
  for (const name of storeNames) {
    // A container's log needs an engine that answers; without one the rest of the bundle is still worth having.
    const lines = await middlewareLogs({ home, name, lines: LINES_MAX }).catch((error: unknown) => [String(error)]);
    logs.push([`logs/${name}.log`, lines]);
  }
  return Object.fromEntries(logs.map(([name, lines]) => [name, `${lines.join('\n')}\n`]));
}
