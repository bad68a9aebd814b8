import { servicePorts } from '../../../src/config/serviceSettings.js';
import { settings } from '../../../src/config/settings.js';
import { findFreePort } from '../../../src/daemon/findFreePort.js';
import { writeLocalConfig, type LocalConfig } from '../../../src/daemon/localConfig.js';
import { imageServices, type ImageService } from '../../../src/delivery/build/imageReference.js';
import type { TestStores } from '../openStores.js';

/** What containers of the five images are given to work on the stores of a test, on free ports of loopback. */
export async function imageEnvironment(
  stores: TestStores,
  home: string,
): Promise<{
  environment: Record<string, string>;
  /** By variable; containers are handed them as files. */
  secrets: Record<string, string>;
  urls: Record<ImageService, string>;
  local: LocalConfig;
}> {
  const secrets: Record<string, string> = {
    [settings.mysqlUrl.env]: stores.mysqlUrl,
    [settings.redisUrl.env]: stores.redisUrl,
    [settings.rabbitmqUrl.env]: stores.rabbitmqUrl,
  };
  const environment: Record<string, string> = {
    [settings.redisKeyPrefix.env]: stores.redisKeyPrefix,
    [settings.host.env]: '127.0.0.1',
  };
  const urls = {} as Record<ImageService, string>;
  for (const service of imageServices) {
    const port = String(await findFreePort());
    environment[settings[servicePorts[service]].env] = port;
    urls[service] = `http://127.0.0.1:${port}`;
  }
  environment[settings.accessUrl.env] = urls.access;
  environment[settings.userUrl.env] = urls.user;
  const local = await writeLocalConfig(home, { environment: { ...environment, ...secrets } });
  for (const [name, value] of Object.entries(local.secrets)) {
    secrets[settings[name as keyof LocalConfig['secrets']].env] = value;
  }
  return { environment, secrets, urls, local };
}
