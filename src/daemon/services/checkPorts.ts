import { setTimeout as sleep } from 'node:timers/promises';
import { settings } from '../../config/settings.js';
import { isPortFree } from '../findFreePort.js';
import { OperatorError } from '../operatorError.js';
import { whoListens } from '../whoListens.js';
import { portSettings, type ProcessName } from './processNames.js';

const POLL_MS = 100;
/** What a daemon that was killed left behind notices it and ends; with nothing in hand that takes well under a second. */
export const LEFTOVER_PATIENCE_MS = 5_000;

interface Address {
  host: string;
  port: number;
}

/** Where a process of this deployment listens, by the settings that were given. */
export function processAddress(name: ProcessName, given: Readonly<Record<string, string>>): Address {
  const setting = settings[portSettings[name]];
  return {
    host: given[settings.host.env] ?? settings.host.default ?? '127.0.0.1',
    port: Number(given[setting.env] ?? setting.default),
  };
}

/** The same as a URL that works on this machine, also when the process listens on every address. */
export function processUrl(name: ProcessName, given: Readonly<Record<string, string>>): string {
  const { host, port } = processAddress(name, given);
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

/**
 * Looks before anything is started whether each port can be had.
 *
 * @param options.patienceMs how long to wait for a port: what an earlier run left behind may be about to end
 * @throws OperatorError naming the port, who holds it and the setting that chooses another one
 */
export async function checkPorts(options: {
  names: readonly ProcessName[];
  given: Readonly<Record<string, string>>;
  patienceMs: number;
}): Promise<void> {
  const deadline = performance.now() + options.patienceMs;
  const taken = new Map<number, ProcessName>();
  for (const name of options.names) {
    const { host, port } = processAddress(name, options.given);
    const other = taken.get(port);
    if (other !== undefined) throw sharedPortError(name, other, port);
    taken.set(port, name);
    while (!(await isPortFree(port, host))) {
      if (performance.now() > deadline) throw await portTakenError(name, host, port);
      await sleep(POLL_MS);
    }
  }
}

async function portTakenError(name: ProcessName, host: string, port: number): Promise<OperatorError> {
  const holder = await whoListens(port);
  const setting = portSettings[name];
  return new OperatorError({
    code: 'PORT_IN_USE',
    message: `Port ${port} on ${host}, which the ${processTitle(name)} needs, is in use${holder === undefined ? '' : ` by ${holder}`}.`,
    suggestions: [
      `Stop what uses it, or choose another port: ${settings[setting].env}=${port + 1_000} spikectl up`,
      `To keep it: "${setting}: ${port + 1_000}" in spikectl.yaml.`,
    ],
    exit: 2,
  });
}

function sharedPortError(name: ProcessName, other: ProcessName, port: number): OperatorError {
  return new OperatorError({
    code: 'PORT_IN_USE',
    message: `The ${processTitle(name)} and the ${processTitle(other)} are both set to port ${port}.`,
    suggestions: [`Choose another one for one of them: ${portSettings[name]} or ${portSettings[other]}.`],
    exit: 2,
  });
}

function processTitle(name: ProcessName): string {
  return name === 'ingress' ? 'local ingress' : `${name} service`;
}
