import path from 'node:path';
import { settings } from '../../config/settings.js';
import type { LocalConfig } from '../localConfig.js';
import type { StoreName } from '../middleware/store.js';
import { nodeFlags } from '../../config/nodeFlags.js';
import { processNames, type ProcessName } from './processNames.js';
import { serviceEnvironment } from './serviceEnvironment.js';

/** One app of a pm2 process file, in pm2's own words. */
export interface ProcessDescription {
  name: ProcessName;
  script: string;
  cwd: string;
  exec_mode: 'cluster' | 'fork';
  instances: number;
  interpreter?: string;
  node_args: readonly string[];
  env: Readonly<Record<string, string>>;
  filter_env: readonly string[];
  wait_ready: true;
  listen_timeout: number;
  kill_timeout: number;
  exp_backoff_restart_delay: number;
  stop_exit_codes: readonly number[];
  max_memory_restart: string;
  merge_logs: true;
  out_file: string;
  error_file: string;
  treekill: false;
  pmx: false;
  vizion: false;
}

/** Includes the time that a process waits for its stores before it says ready. */
const LISTEN_TIMEOUT_MS = 15_000;
/** After the drain a process still says goodbye to its stores; only then may it be killed. */
const KILL_MARGIN_MS = 4_000;
const RESTART_DELAY_MS = 100;
/** Five times what a service takes under full load: only a leak gets there. */
const MEMORY_MAX = '1G';
/** A configuration that is not valid does not become valid by another start. */
const EXIT_CONFIGURATION = 2;

/**
 * The pm2 process file: the five services and the ingress. The spike service is a cluster, because it is the one that a sale
 * loads; each of the others is one process.
 *
 * @param options.interpreter the Node for the forked processes; the cluster runs on the pm2 daemon's
 */
export function describeProcesses(options: {
  root: string;
  home: string;
  local: LocalConfig;
  storeUrls: Readonly<Record<StoreName, string | undefined>>;
  interpreter: string;
}): ProcessDescription[] {
  return processNames.map((name) => describeProcess(name, options));
}

function describeProcess(
  name: ProcessName,
  { root, home, local, storeUrls, interpreter }: Parameters<typeof describeProcesses>[0],
): ProcessDescription {
  const logFile = processLogFile(home, name);
  const env = { ...serviceEnvironment({ name, local, storeUrls }), [settings.logFile.env]: logFile };
  const number = (setting: 'spikeInstances' | 'drainDeadlineMs') =>
    Number(local.environment[settings[setting].env] ?? settings[setting].default);
  const isCluster = name === 'spike';
  const folder = name === 'ingress' ? 'daemon/ingress' : `services/${name}`;
  return {
    name,
    script: path.join(root, 'dist', folder, 'main.js'),
    cwd: root,
    exec_mode: isCluster ? 'cluster' : 'fork',
    instances: isCluster ? number('spikeInstances') : 1,
    ...(isCluster ? {} : { interpreter }),
    node_args: nodeFlags,
    env,
    // Removes every inherited variable (each name contains the empty string): a process knows what it is told, no more.
    filter_env: [''],
    wait_ready: true,
    listen_timeout: LISTEN_TIMEOUT_MS,
    kill_timeout: number('drainDeadlineMs') + KILL_MARGIN_MS,
    exp_backoff_restart_delay: RESTART_DELAY_MS,
    stop_exit_codes: [EXIT_CONFIGURATION],
    max_memory_restart: MEMORY_MAX,
    merge_logs: true,
    out_file: logFile,
    error_file: logFile,
    treekill: false,
    pmx: false,
    vizion: false,
  };
}

export function processLogFile(home: string, name: ProcessName): string {
  return path.join(home, 'logs', `${name}.log`);
}
