import { parseRedisUrl } from '../../../config/redisUrl.js';
import { settings, type SettingName } from '../../../config/settings.js';
import { credentialsFile, type Credentials } from '../../credentials.js';
import { readLocalConfig } from '../../localConfig.js';
import type { LocalDeployment } from '../../localDeployment.js';
import { startedEnvironment } from '../../localDeployment.js';
import { storeNames } from '../../middleware/store.js';
import { readStoreState } from '../../middleware/storeState.js';
import { readJsonFile } from '../../privateFile.js';

/**
 * Everything that this machine keeps secret: generated and given secrets, passwords of accounts and of stores. A file that
 * cannot be read holds none that could be known, and none that anything here could have printed.
 */
export async function collectSecrets(deployment: LocalDeployment): Promise<Set<string>> {
  const { home } = deployment;
  const secrets = new Set<string>();
  const local = await readLocalConfig(home).catch(() => undefined);
  for (const secret of Object.values(local?.secrets ?? {})) secrets.add(secret);

  const environment = await startedEnvironment(deployment).catch(() => deployment.environment);
  for (const source of [environment, deployment.environment, local?.environment ?? {}]) addGiven(secrets, source);

  const accounts = await readJsonFile<Credentials>(credentialsFile(home)).catch(() => undefined);
  for (const account of Object.values(accounts ?? {})) secrets.add((account as { password: string }).password);
  for (const name of storeNames) {
    const state = await readStoreState(home, name).catch(() => undefined);
    if (state !== undefined) secrets.add(state.password);
  }
  secrets.delete('');
  return secrets;
}

function addGiven(secrets: Set<string>, environment: Readonly<Record<string, string | undefined>>): void {
  for (const name of Object.keys(settings) as SettingName[]) {
    const value = environment[settings[name].env];
    if (value === undefined || !('secret' in settings[name])) continue;
    if (name === 'redisUrl') addRedisPasswords(secrets, value);
    else if (!name.endsWith('Url') || !URL.canParse(value)) secrets.add(value);
    // Of an address the password is secret; the rest is what somebody who reads the report looks for.
    else for (const form of passwordForms(new URL(value))) secrets.add(form);
  }
  for (const name of ['SPIKE_TOKEN', 'SPIKE_PASSWORD']) secrets.add(environment[name] ?? '');
}

/** A URL that names several hosts is none for the parser; one that is wrong is secret as a whole. */
function addRedisPasswords(secrets: Set<string>, url: string): void {
  const written = /^[^:]+:\/\/[^:@/?]*:([^@/?]+)@/.exec(url)?.[1];
  try {
    const target = parseRedisUrl(url);
    const ofSentinels = target.kind === 'sentinel' ? target.sentinelPassword : undefined;
    for (const password of [written, target.password, ofSentinels]) secrets.add(password ?? '');
  } catch {
    secrets.add(url);
  }
}

function passwordForms({ password }: URL): string[] {
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}
