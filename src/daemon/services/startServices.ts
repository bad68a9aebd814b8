import path from 'node:path';
import type { LocalConfig } from '../localConfig.js';
import type { StoreName } from '../middleware/store.js';
import { OperatorError } from '../operatorError.js';
import { makePrivateFolder } from '../privateFile.js';
import { packageRoot } from '../resolveHome.js';
import { withLock } from '../withLock.js';
import { checkPorts, LEFTOVER_PATIENCE_MS } from './checkPorts.js';
import { describeProcesses } from './describeProcesses.js';
import { findPm2Daemon, startPm2Daemon } from './pm2Daemon.js';
import { processNames, type ProcessName } from './processNames.js';
import { servicesStatus, type ServiceStatus } from './servicesStatus.js';
import { waitUntilServing } from './waitUntilServing.js';
import { withPm2 } from './withPm2.js';

const LOCK_WAIT_MS = 120_000;

export interface StartServicesOptions {
  home: string;
  local: LocalConfig;
  storeUrls: Readonly<Record<StoreName, string | undefined>>;
  report: (message: string) => void;
  /** Which processes; all by default. */
  names?: readonly ProcessName[];
}

/**
 * Starts those of the processes that are not online, under the pm2 daemon of this home, and returns when each answers.
 *
 * @returns the processes that this call started
 */
export async function startServices(options: StartServicesOptions): Promise<readonly ProcessName[]> {
  return withLock(servicesLock(options.home), { waitMs: LOCK_WAIT_MS }, () => startLocked(options));
}

export function servicesLock(home: string): string {
  return path.join(home, 'services.lock');
}

async function startLocked(options: StartServicesOptions): Promise<readonly ProcessName[]> {
  const { home, local, storeUrls, report, names = processNames } = options;
  const hadDaemon = (await findPm2Daemon(home)) !== undefined;
  const before = await servicesStatus(home);
  const missing = names.filter((name) => !isUp(before.find((service) => service.name === name)));
  if (missing.length === 0) {
    report('the services were already running');
    return [];
  }
  await makePrivateFolder(path.join(home, 'logs'));
  await requireBuild();
  if (hadDaemon) await withPm2(home, (pm2) => deleteProcesses(pm2, before, missing));
  await checkPorts({ names: missing, given: local.environment, patienceMs: LEFTOVER_PATIENCE_MS });
  await startPm2Daemon(home);
  const described = describeProcesses({ root: packageRoot(), home, local, storeUrls, interpreter: process.execPath });
  report(`starting ${missing.join(', ')}`);
  await withPm2(home, (pm2) => pm2.start(described.filter((process) => missing.includes(process.name))));
  await waitUntilServing({ home, names: missing });
  return missing;
}

/** A name that pm2 knows but does not run is forgotten first, so that it starts with today's settings. */
async function deleteProcesses(
  pm2: { delete(name: string): Promise<void> },
  known: readonly ServiceStatus[],
  names: readonly ProcessName[],
): Promise<void> {
  for (const name of names) {
    const service = known.find((candidate) => candidate.name === name);
    if (service && (service.pids.length > 0 || service.status !== 'stopped')) await pm2.delete(name);
    else await pm2.delete(name).catch(ignoreUnknownProcess);
  }
}

/** That pm2 does not know the name is what deleting was for. */
export function ignoreUnknownProcess(error: Error): void {
  if (!/not found/i.test(error.message)) throw error;
}

function isUp(service: ServiceStatus | undefined): boolean {
  return service !== undefined && ['online', 'starting'].includes(service.status);
}

async function requireBuild(): Promise<void> {
  const { existsSync } = await import('node:fs');
  const sample = path.join(packageRoot(), 'dist', 'services', 'user', 'main.js');
  if (existsSync(sample)) return;
  throw new OperatorError({
    code: 'NOT_BUILT',
    message: `The services are not built: ${sample} is missing.`,
    suggestions: ['npm run build'],
    exit: 2,
  });
}
