import { settings, type SettingName } from '../../config/settings.js';
import { generatedSecrets, type LocalConfig } from '../localConfig.js';
import type { StoreName } from '../middleware/store.js';
import { serviceNames, type ProcessName, type ServiceName } from './processNames.js';

/** Who is given which secret: a process that was never told one cannot leak it. */
const secretHolders: Readonly<Partial<Record<SettingName, readonly ServiceName[]>>> = {
  mysqlUrl: ['user', 'access', 'order', 'admin'],
  redisUrl: ['user', 'spike', 'access', 'order', 'admin'],
  rabbitmqUrl: ['spike', 'order', 'admin'],
  userJwtSecret: ['user', 'spike', 'order'],
  adminJwtSecret: ['admin'],
  ticketSecret: ['spike'],
  serviceToken: ['user', 'spike', 'access', 'admin'],
  nationalIdKey: ['user', 'admin'],
};

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
  for (const [secret, holders] of Object.entries(secretHolders) as [SettingName, readonly ServiceName[]][]) {
    const value = secrets[secret];
    const mayHave = serviceNames.some((service) => service === name && holders.includes(service));
    if (mayHave && value !== undefined) values[settings[secret].env] = value;
    else delete values[settings[secret].env];
  }
  return values;
}
