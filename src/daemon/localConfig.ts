import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { loadConfig } from '../config/loadConfig.js';
import { settings, type SettingName } from '../config/settings.js';
import { readJsonFile, writePrivateFile } from './privateFile.js';

const SECRET_BYTES = 32;

/** Secrets that are made here, once, when nobody gives them. */
export const generatedSecrets = [
  'userJwtSecret',
  'adminJwtSecret',
  'ticketSecret',
  'serviceToken',
  'nationalIdKey',
] as const satisfies readonly SettingName[];

const storeUrls = ['mysqlUrl', 'redisUrl', 'rabbitmqUrl'] as const satisfies readonly SettingName[];

/**
 * What this machine's deployment runs with, in a file that only its user can read: the generated secrets, which must not
 * change while there are data, and the settings of the last start, so that `status` and `daemon` typed in another terminal
 * speak of the same ports.
 */
export interface LocalConfig {
  secrets: Readonly<Record<(typeof generatedSecrets)[number], string>>;
  /** By environment variable; only what differs from the default. Holds the URLs of stores that were handed in. */
  environment: Readonly<Record<string, string>>;
}

export interface SettingSources {
  environment: Readonly<Record<string, string | undefined>>;
  /** The values of `spikectl.yaml`. */
  file?: Readonly<Record<string, unknown>>;
}

function localConfigFile(home: string): string {
  return path.join(home, 'local.json');
}

export async function readLocalConfig(home: string): Promise<LocalConfig | undefined> {
  return readJsonFile<LocalConfig>(localConfigFile(home));
}

/**
 * Resolves the settings anew and notes them; secrets that exist are kept.
 *
 * @throws ConfigError for a setting that is not valid
 */
export async function writeLocalConfig(home: string, sources: SettingSources): Promise<LocalConfig> {
  const previous = await readLocalConfig(home);
  const generated = generatedSecrets.map((name) => [name, previous?.secrets[name] ?? makeSecret()]);
  const config: LocalConfig = {
    secrets: Object.fromEntries(generated) as LocalConfig['secrets'],
    environment: resolveEnvironment(sources),
  };
  await writePrivateFile(localConfigFile(home), `${JSON.stringify(config, null, 2)}\n`);
  return config;
}

/** The settings that were given, by environment variable, after flag > environment > file > default. */
export function resolveEnvironment({ environment, file = {} }: SettingSources): Record<string, string> {
  const optional = [...generatedSecrets, ...storeUrls].filter(
    (name) => environment[settings[name].env] || file[name] !== undefined,
  );
  const names = (Object.keys(settings) as SettingName[]).filter((name) => 'default' in settings[name]);
  const { config, origins } = loadConfig([...names, ...optional], { environment, file });
  const given = [...names, ...optional].filter((name) => origins[name] !== 'default');
  return Object.fromEntries(given.map((name) => [settings[name].env, String(config[name])]));
}

/** 32 bytes in hexadecimal: long enough as a signing secret, and the form that the encryption key must have. */
function makeSecret(): string {
  return randomBytes(SECRET_BYTES).toString('hex');
}
