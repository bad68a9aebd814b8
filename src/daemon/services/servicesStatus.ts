import { readLocalConfig } from '../localConfig.js';
import { processUrl } from './checkPorts.js';
import { findPm2Daemon } from './pm2Daemon.js';
import { processNames, type ProcessName } from './processNames.js';
import { withPm2, type Pm2Process } from './withPm2.js';

/** `degraded`: some instances are online; `restarting`: it ended and pm2 is about to start it again. */
type ProcessStatus = 'online' | 'degraded' | 'starting' | 'restarting' | 'stopping' | 'stopped' | 'errored';

export interface ServiceStatus {
  name: ProcessName;
  url: string;
  status: ProcessStatus;
  /** Processes that are online. */
  instances: number;
  /** Of the first instance; null when none runs. */
  pid: number | null;
  pids: readonly number[];
  /** Of all instances together, as the next four. */
  restarts: number;
  /** Percent of one processor. */
  cpu: number;
  memoryBytes: number;
}

/** The five services and the ingress, whether they run or not. */
export async function servicesStatus(home: string): Promise<readonly ServiceStatus[]> {
  const given = (await readLocalConfig(home))?.environment ?? {};
  const list = (await findPm2Daemon(home)) ? await withPm2(home, (pm2) => pm2.list()) : [];
  return processNames.map((name) => {
    const instances = list.filter((process) => process.name === name);
    return { name, url: processUrl(name, given), ...summarize(instances) };
  });
}

function summarize(instances: readonly Pm2Process[]): Omit<ServiceStatus, 'name' | 'url'> {
  const pids = instances.map((instance) => instance.pid ?? 0).filter((pid) => pid > 0);
  const sum = (value: (instance: Pm2Process) => number | undefined) =>
    instances.reduce((total, instance) => total + (value(instance) ?? 0), 0);
  return {
    status: joinStatus(instances.map(toStatus)),
    instances: instances.filter((instance) => toStatus(instance) === 'online').length,
    pid: pids[0] ?? null,
    pids,
    restarts: sum((instance) => instance.pm2_env?.restart_time),
    cpu: Math.round(sum((instance) => instance.monit?.cpu) * 10) / 10,
    memoryBytes: sum((instance) => instance.monit?.memory),
  };
}

function toStatus(instance: Pm2Process): ProcessStatus {
  switch (instance.pm2_env?.status) {
    case 'online':
      return 'online';
    case 'launching':
      return 'starting';
    case 'waiting restart':
      return 'restarting';
    case 'stopping':
      return 'stopping';
    case 'errored':
      return 'errored';
    default:
      return 'stopped';
  }
}

function joinStatus(statuses: readonly ProcessStatus[]): ProcessStatus {
  const [first = 'stopped'] = statuses;
  if (statuses.every((status) => status === first)) return first;
  return statuses.includes('online') ? 'degraded' : first;
}
