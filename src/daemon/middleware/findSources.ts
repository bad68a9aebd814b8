import { findDocker } from './docker.js';
import { findBinary, machinePath } from './machineFolders.js';
import { readStoreState } from './storeState.js';
import { storeNames, storeUrlVariables, type StoreName, type StoreSource } from './store.js';

export type Sources = Readonly<Record<StoreName, StoreSource | null>>;

/** Debian's rabbitmq-server in /usr/sbin changes the user; the real one is looked for first. */
const serverNames: Readonly<Record<StoreName, readonly string[]>> = {
  mysql: ['mariadbd', 'mysqld'],
  redis: ['redis-server', 'valkey-server'],
  rabbitmq: ['/usr/lib/rabbitmq/bin/rabbitmq-server', 'rabbitmq-server'],
};

/**
 * Where each store can come from on this machine: a configured URL, an installed binary, a Docker engine that answers, or
 * nowhere (null). A store that already has data stays with what made it, so that installing a package does not seem to
 * lose what a container holds.
 */
export async function findSources(options: {
  home: string;
  environment: Readonly<Record<string, string | undefined>>;
}): Promise<Sources> {
  const searchPath = machinePath(options.environment.PATH);
  let docker: Promise<string | undefined> | undefined;
  const find = async (name: StoreName): Promise<StoreSource | null> => {
    const url = options.environment[storeUrlVariables[name]];
    if (url) return { kind: 'url', url };
    const madeBy = (await readStoreState(options.home, name))?.source;
    const server = findBinary(serverNames[name], searchPath);
    if (server !== undefined && madeBy !== 'docker') return { kind: 'binary', server };
    docker ??= findDocker(searchPath);
    const engine = await docker;
    if (engine !== undefined && madeBy !== 'binary') return { kind: 'docker', docker: engine };
    return null;
  };
  const [mysql, redis, rabbitmq] = await Promise.all(storeNames.map(find));
  return { mysql: mysql ?? null, redis: redis ?? null, rabbitmq: rabbitmq ?? null };
}
