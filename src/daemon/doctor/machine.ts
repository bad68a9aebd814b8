import { readLocalConfig } from '../localConfig.js';
import { startedEnvironment, type LocalDeployment } from '../localDeployment.js';
import { middlewareUrls } from '../middleware/middlewareStatus.js';
import { storeTitles, storeUrlVariables, withoutPassword, type StoreName } from '../middleware/store.js';
import { servicesStatus, type ServiceStatus } from '../services/servicesStatus.js';
import { probeMysql, type MysqlFacts } from './probes/probeMysql.js';
import { probeRabbitmq, type RabbitmqFacts } from './probes/probeRabbitmq.js';
import { probeRedis, type RedisFacts } from './probes/probeRedis.js';

/** What a store told, or why it told nothing. `isPrivate`: we may start it. */
export type Look<Facts> =
  | { state: 'answers'; facts: Facts; where: string }
  | { state: 'away'; why: string; where: string; isPrivate: boolean }
  | { state: 'none' };

/**
 * What the checks ask, each thing once: probes begin when they are first wanted and are shared by all who want them. A machine
 * is looked at once; after something was mended a new one is made.
 */
export interface Machine {
  deployment: LocalDeployment;
  home: string;
  /** Settings of the last start, under those that are given now. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Whether a system was ever started in this home. */
  wasStarted: boolean;
  /** Files outside the home that only their owner may read. */
  privateFiles: readonly string[];
  mysql(): Promise<Look<MysqlFacts>>;
  redis(): Promise<Look<RedisFacts>>;
  rabbitmq(): Promise<Look<RabbitmqFacts>>;
  services(): Promise<readonly ServiceStatus[]>;
}

export async function createMachine(
  deployment: LocalDeployment,
  privateFiles: readonly string[] = [],
): Promise<Machine> {
  const { home } = deployment;
  // A file of settings that cannot be read is a finding of its own, and no reason to look at nothing else.
  const local = await readLocalConfig(home).catch(() => 'damaged' as const);
  const environment = await startedEnvironment(deployment).catch(() => deployment.environment);
  const look = <Facts>(name: StoreName, probe: (url: string) => Promise<Facts>) =>
    once(() => lookAtStore({ home, environment, name, probe }));
  return {
    deployment,
    home,
    environment,
    wasStarted: local !== undefined,
    privateFiles,
    mysql: look('mysql', probeMysql),
    redis: look('redis', probeRedis),
    rabbitmq: look('rabbitmq', probeRabbitmq),
    services: once(() => servicesStatus(home)),
  };
}

async function lookAtStore<Facts>(options: {
  home: string;
  environment: Machine['environment'];
  name: StoreName;
  probe: (url: string) => Promise<Facts>;
}): Promise<Look<Facts>> {
  const { home, environment, name, probe } = options;
  const isPrivate = !environment[storeUrlVariables[name]];
  let url: string | undefined;
  try {
    url = (await middlewareUrls({ home, environment }))[name];
    if (url === undefined) return { state: 'none' };
    return { state: 'answers', facts: await probe(url), where: withoutPassword(url) };
  } catch (error) {
    const { message, code } = error as Error & { code?: string };
    const where = url !== undefined && URL.canParse(url) ? withoutPassword(url) : storeTitles[name];
    const why = (message || (code ?? 'no answer')).replace(/\.$/, '');
    return { state: 'away', why, where, isPrivate };
  }
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined;
  return () => (asked ??= ask());
}
