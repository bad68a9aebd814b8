import { serviceSettings } from '../../config/serviceSettings.js';
import { settings, type SettingName } from '../../config/settings.js';
import { generatedSecrets, type LocalConfig } from '../localConfig.js';
import type { StoreName } from '../middleware/store.js';
import { serviceNames, type ProcessName } from './processNames.js';

const secretNames = (Object.keys(settings) as SettingName[]).filter((name) => 'secret' in settings[name]);

/** A process that was never told a secret cannot leak it: each is given those that its service reads. */
function mayHave(name: ProcessName, secret: SettingName): boolean {
  return serviceNames.some((service) => service === name && serviceSettings[service].some((read) => read === secret));
}

const LOOPBACK = /^(127\.|::1$|localhost$)/;

/**
 * The environment of one process of this machine's deployment: the settings that were given, what only a local deployment
 * can know (that the ingress is the one proxy in front), and those secrets that this process needs.
 */
export function serviceEnvironment(options: {
  name: ProcessName;
  local: LocalConfig;
  storeUrls: Readonly<Record<StoreName, string | undefined>>;
}): Record<string, string> {
  const { name, local, storeUrls } = options;
  const given = local.environment;
  const port = (setting: 'accessPort' | 'userPort') =>
    given[settings[setting].env] ?? String(settings[setting].default);
  const host = given[settings.host.env] ?? settings.host.default ?? '';
  const values: Record<string, string> = {
    [settings.environment.env]: 'local',
    [settings.accessUrl.env]: `http://127.0.0.1:${port('accessPort')}`,
    [settings.userUrl.env]: `http://127.0.0.1:${port('userPort')}`,
    // Where others can reach the services past the ingress, what they say about who they are is not believed.
    [settings.trustedProxyHops.env]: LOOPBACK.test(host) ? '1' : '0',
    NODE_ENV: 'production',
    TZ: 'UTC',
    ...given,
  };
  const secrets: Partial<Record<SettingName, string | undefined>> = {
    mysqlUrl: storeUrls.mysql,
    redisUrl: storeUrls.redis,
    rabbitmqUrl: storeUrls.rabbitmq,
    ...Object.fromEntries(
      generatedSecrets.map((secret) => [secret, given[settings[secret].env] ?? local.secrets[secret]]),
    ),
  };
  for (const secret of secretNames) {
    const value = secrets[secret];
    if (mayHave(name, secret) && value !== undefined) values[settings[secret].env] = value;
    else delete values[settings[secret].env];
  }
  return values;
}
