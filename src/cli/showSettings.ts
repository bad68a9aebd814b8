import { allSettingNames, ConfigError, loadConfig, type ConfigSources } from '../config/loadConfig.js';
import { withoutPassword } from '../daemon/middleware/store.js';
import { readVariable } from '../config/readVariable.js';
import { settings, type Origin, type SettingName } from '../config/settings.js';

export interface SettingView {
  name: SettingName;
  /** Null when it is not set; secrets are masked. */
  value: string | number | null;
  /** `generated`: `spikectl up` made it for this machine's deployment. */
  origin: Origin | 'generated' | 'missing';
  /** The file that the environment named for it (`SPIKE_X_FILE`); null when the value itself stood there. */
  originFile: string | null;
  env: string;
  describe: string;
  /** Why the value is not accepted; null when it is, or when there is none. */
  problem: string | null;
}

const MASK = '********';

/**
 * Every setting as it would be read now. One that is not valid is shown with its problem instead of hiding the others.
 *
 * @param generated settings that this machine's deployment has made for itself; they count where nothing else was given
 */
export function showSettings(
  sources: ConfigSources,
  generated: ReadonlySet<SettingName> = new Set(),
): { views: SettingView[]; problems: string[] } {
  const views = allSettingNames.map((name) => {
    const view = showSetting(name, sources);
    return view.origin === 'missing' && generated.has(name)
      ? { ...view, value: MASK, origin: 'generated' as const }
      : view;
  });
  const problems = [...problemsOfFile(sources), ...views.flatMap(({ problem }) => problem ?? [])];
  return { views, problems };
}

function showSetting(name: SettingName, sources: ConfigSources): SettingView {
  const { env, describe } = settings[name];
  const own = { ...sources, file: sources.file?.[name] === undefined ? {} : { [name]: sources.file[name] } };
  try {
    const { config, origins, files } = loadConfig([name], own);
    const originFile = files[name] ?? null;
    return { name, value: shown(name, config[name]), origin: origins[name], originFile, env, describe, problem: null };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const given = findGiven(name, sources);
    if (given === undefined)
      return { name, value: null, origin: 'missing', originFile: null, env, describe, problem: null };
    const { text, ...from } = given;
    const value = text === null ? null : shown(name, text);
    return { name, value, ...from, env, describe, problem: error.problems.join(' ') };
  }
}

/** What was given although it is not valid; a null text for what cannot be read. */
function findGiven(name: SettingName, { environment = {}, file = {} }: ConfigSources) {
  const { env } = settings[name];
  try {
    const variable = readVariable(environment, env);
    if (variable !== undefined)
      return { text: variable.value, origin: 'environment' as const, originFile: variable.file ?? null };
  } catch {
    return { text: null, origin: 'environment' as const, originFile: environment[`${env}_FILE`] ?? null };
  }
  const value = file[name];
  if (value === undefined) return undefined;
  return { text: typeof value === 'string' ? value : JSON.stringify(value), origin: 'file' as const, originFile: null };
}

function problemsOfFile({ file = {} }: ConfigSources): string[] {
  try {
    loadConfig([], { file });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return [...error.problems];
    throw error;
  }
}

/** Of a secret that is an address, the password is hidden and the rest is what an operator looks for. */
function shown(name: SettingName, value: string | number): string | number {
  if (!('secret' in settings[name])) return value;
  const url = name.endsWith('Url') && URL.canParse(String(value)) ? new URL(String(value)) : undefined;
  // The URL of Sentinels or of a Redis Cluster names several hosts, so no URL parser takes it.
  if (url === undefined) return name === 'redisUrl' ? withoutPassword(String(value)) : MASK;
  if (url.password !== '') url.password = MASK;
  return url.search === ''
    ? url.href
    : `${url.origin === 'null' ? `${url.protocol}//${url.host}` : url.origin}/${MASK}`;
}
