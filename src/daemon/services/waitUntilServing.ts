import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError } from '../operatorError.js';
import { tailFile } from '../tailFile.js';
import { processLogFile } from './describeProcesses.js';
import type { ProcessName } from './processNames.js';
import { servicesStatus, type ServiceStatus } from './servicesStatus.js';

const START_DEADLINE_MS = 30_000;
const HEALTH_TIMEOUT_MS = 1_000;
const POLL_MS = 100;
const LOG_LINES_SHOWN = 8;
/** Ends of its own within one start: what stops it will stop it again. */
const RESTARTS_MAX = 3;

/**
 * Waits until each process answers `/healthz`.
 *
 * @throws OperatorError with the last log lines of the first process that ends instead, or does not answer in time
 */
export async function waitUntilServing(options: { home: string; names: readonly ProcessName[] }): Promise<void> {
  const deadline = performance.now() + START_DEADLINE_MS;
  let waiting: readonly ServiceStatus[] = await look(options);
  while (waiting.length > 0) {
    const failed = waiting.find(hasFailed);
    if (failed) throw await notServingError(options.home, failed, `it is ${failed.status}`);
    const [first] = waiting;
    if (first && performance.now() > deadline) {
      throw await notServingError(options.home, first, `it does not answer at ${first.url}/healthz`);
    }
    await sleep(POLL_MS);
    waiting = await look(options);
  }
}

async function look({
  home,
  names,
}: {
  home: string;
  names: readonly ProcessName[];
}): Promise<readonly ServiceStatus[]> {
  const services = (await servicesStatus(home)).filter((service) => names.includes(service.name));
  const isServing = await Promise.all(
    services.map(async (service) => service.status === 'online' && answers(service.url)),
  );
  return services.filter((_, index) => !isServing[index]);
}

function hasFailed(service: ServiceStatus): boolean {
  return ['stopped', 'errored'].includes(service.status) || service.restarts > RESTARTS_MAX;
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

async function notServingError(home: string, service: ServiceStatus, why: string): Promise<OperatorError> {
  const logFile = processLogFile(home, service.name);
  const lines = await tailFile(logFile, LOG_LINES_SHOWN);
  return new OperatorError({
    code: 'SERVICE_NOT_STARTED',
    message: [`The ${service.name} process did not start: ${why}. Its last words (${logFile}):`, ...lines].join('\n  '),
    suggestions: [`spikectl daemon logs ${service.name}`, 'spikectl status'],
  });
}
