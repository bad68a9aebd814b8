import { isPortFree } from '../../findFreePort.js';
import { portSettings, processNames, type ProcessName } from '../../services/processNames.js';
import { processAddress } from '../../services/checkPorts.js';
import { whoListens } from '../../whoListens.js';
import { ok, problem, worst, type Check, type Verdict } from '../check.js';
import type { Machine } from '../machine.js';

export const portsCheck: Check = { name: 'ports', look: async (machine) => judgePorts(await ports(machine)) };

export interface PortFacts {
  name: ProcessName;
  port: number;
  isFree: boolean;
  /** The process that wants it runs, so that it is the one who has it. */
  isRunning: boolean;
  holder: string | undefined;
}

export function judgePorts(all: readonly PortFacts[]): Verdict {
  const verdicts = all.map((facts, index) => {
    const { name, port, isFree, isRunning, holder } = facts;
    const other = all.slice(0, index).find((before) => before.port === port);
    const change = `Choose another port: "${portSettings[name]}: ${port + 1_000}" in spikectl.yaml`;
    if (other !== undefined) return problem(`${other.name} and ${name} are both set to port ${port}.`, change);
    if (isFree || isRunning) return ok('');
    const by = holder === undefined ? '' : ` by ${holder}`;
    return problem(`Port ${port}, which ${name} needs, is in use${by}.`, `Stop what uses it. ${change}`);
  });
  const list = all.map(({ name, port }) => `${name} ${port}`).join(', ');
  return worst(verdicts, `${list}: each is free or its service's own.`);
}

async function ports({ environment, services }: Machine): Promise<PortFacts[]> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => Boolean(value)));
  const running = (await services()).filter(({ status }) => status === 'online' || status === 'degraded');
  return Promise.all(
    processNames.map(async (name) => {
      const { host, port } = processAddress(name, given as Record<string, string>);
      const isFree = await isPortFree(port, host);
      const isRunning = running.some((service) => service.name === name);
      return { name, port, isFree, isRunning, holder: isFree || isRunning ? undefined : await whoListens(port) };
    }),
  );
}
