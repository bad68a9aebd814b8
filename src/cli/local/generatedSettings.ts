import type { SettingName } from '../../config/settings.js';
import { generatedSecrets, readLocalConfig } from '../../daemon/localConfig.js';
import { resolveHome } from '../../daemon/resolveHome.js';

/** The settings that this machine's deployment has made for itself; none where `spikectl up` never ran. */
export async function generatedSettings(environment: NodeJS.ProcessEnv): Promise<ReadonlySet<SettingName>> {
  const local = await readLocalConfig(resolveHome({ environment }));
  return new Set<SettingName>(local === undefined ? [] : [...generatedSecrets, 'mysqlUrl', 'redisUrl', 'rabbitmqUrl']);
}
