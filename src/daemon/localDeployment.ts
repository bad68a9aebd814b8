import { ConfigError } from '../config/loadConfig.js';
import { fillFromFiles } from '../config/readVariable.js';
import { settings, type SettingName } from '../config/settings.js';
import { readLocalConfig, type SettingSources } from './localConfig.js';
import { resolveHome } from './resolveHome.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** This machine's deployment, as the one who types the command has it set up. */
export interface LocalDeployment {
  home: string;
  sources: SettingSources;
  /** The environment with the settings of `spikectl.yaml` under it. */
  environment: Environment;
}

/** @param options.file the values of `spikectl.yaml` */
export function localDeployment(options: {
  environment: Environment;
  file?: Readonly<Record<string, unknown>>;
}): LocalDeployment {
  const { file = {} } = options;
  const environment = readFiles(options.environment);
  const fromFile = Object.entries(file)
    .filter(([name]) => Object.hasOwn(settings, name))
    .map(([name, value]) => [settings[name as SettingName].env, String(value)] as const);
  return {
    home: resolveHome({ environment }),
    sources: { environment, file },
    environment: { ...Object.fromEntries(fromFile), ...environment },
  };
}

/** Below, a value is a value, whether it stood in a variable or in the file that `SPIKE_X_FILE` names. */
function readFiles(environment: Environment): Environment {
  try {
    const names = Object.values(settings).map(({ env }) => env);
    return fillFromFiles(environment, names);
  } catch (error) {
    throw new ConfigError([`${(error as Error).message}.`]);
  }
}

/**
 * The environment that speaks of what was started last: with the settings of that start where the caller gives none. So
 * `status` finds a system that was started from another terminal with settings of its own.
 */
export async function startedEnvironment(deployment: LocalDeployment): Promise<Environment> {
  const local = await readLocalConfig(deployment.home);
  return { ...local?.environment, ...givenNow(deployment) };
}

/** The variables of the last start that nobody gives now, so that a restart would keep them. */
export async function keptVariables(deployment: LocalDeployment): Promise<string[]> {
  const local = await readLocalConfig(deployment.home);
  const given = givenNow(deployment);
  return Object.keys(local?.environment ?? {}).filter((name) => given[name] === undefined);
}

function givenNow({ environment }: LocalDeployment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
}
