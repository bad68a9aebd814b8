import type { ProcessIdentity } from '../processIdentity.js';

/** The middleware in the order in which it is shown. */
export const storeNames = ['mysql', 'redis', 'rabbitmq'] as const;

export type StoreName = (typeof storeNames)[number];

/** Names of the stores for people. */
export const storeTitles: Readonly<Record<StoreName, string>> = {
  mysql: 'MySQL',
  redis: 'Redis',
  rabbitmq: 'RabbitMQ',
};

/** The settings that hand a store in from outside; `spikectl` then never starts or stops it. */
export const storeUrlVariables: Readonly<Record<StoreName, string>> = {
  mysql: 'SPIKE_MYSQL_URL',
  redis: 'SPIKE_REDIS_URL',
  rabbitmq: 'SPIKE_RABBITMQ_URL',
};

/** The user, the database and the vhost of the private stores. */
export const PRIVATE_NAME = 'spike';

export type StoreUrls = Readonly<Record<StoreName, string>>;

/** Where a store comes from: handed in, or run by us from an installed binary or as a container. */
export type StoreSource =
  { kind: 'url'; url: string } | { kind: 'binary'; server: string } | { kind: 'docker'; docker: string };

/** One line of what is happening, for whoever waits. */
export type Report = (progress: { store: StoreName | null; message: string }) => void;

/** What is remembered of a private store between two commands, in a file that only its user can read. */
export interface StoreState {
  source: 'binary' | 'docker';
  password: string;
  port: number;
  /** RabbitMQ alone: the ports of its name server and of Erlang's distribution. */
  epmdPort?: number;
  distributionPort?: number;
  /** In the order in which they were started; they are stopped in the reverse order. Empty when stopped. */
  processes: readonly ProcessIdentity[];
}

/** The URL under which a private store is reached. */
export function privateUrl(name: StoreName, state: Pick<StoreState, 'password' | 'port'>): string {
  const at = `${state.password}@127.0.0.1:${state.port}`;
  if (name === 'mysql') return `mysql://${PRIVATE_NAME}:${at}/${PRIVATE_NAME}`;
  if (name === 'redis') return `redis://:${at}/0`;
  return `amqp://${PRIVATE_NAME}:${at}/${PRIVATE_NAME}`;
}

/** The same URL as anybody may see it. */
export function withoutPassword(url: string): string {
  // The URL of Sentinels or of a Redis Cluster names several hosts, so no URL parser takes it.
  return url.replace(/^([^:]+:\/\/[^:@/?]*):[^@/?]+@/, '$1:***@').replace(/([?&]\w*[pP]assword=)[^&]+/g, '$1***');
}
