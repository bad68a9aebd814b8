import { Cluster, Redis, type CommonRedisOptions } from 'ioredis';
import { parseRedisUrl, type RedisTarget } from '../../config/redisUrl.js';

/** One server, or all nodes of a Redis Cluster, each command sent to the node that has its keys. */
export type RedisClient = Redis | Cluster;

export interface RedisClientOptions extends Pick<
  CommonRedisOptions,
  | 'autoResendUnfulfilledCommands'
  | 'autoResubscribe'
  | 'commandTimeout'
  | 'connectTimeout'
  | 'enableOfflineQueue'
  | 'keepAlive'
  | 'lazyConnect'
  | 'noDelay'
  | 'socketTimeout'
> {
  /** ms until the next attempt; null gives up. */
  retryDelayMs(attempt: number): number | null;
}

/** So soon after a failover the client of a Cluster or of Sentinels knows where to send its commands. */
const TOPOLOGY_REFRESH_INTERVAL_MS = 1_000;

/**
 * Opens what the URL names. No command is ever sent a second time by itself, except to the node that a Cluster names as the
 * right one: that it was not carried out is certain only then.
 *
 * @throws Error when it is not a Redis URL
 */
export function createRedisClient(url: string, { retryDelayMs, ...options }: RedisClientOptions): RedisClient {
  const target = parseRedisUrl(url);
  const login = {
    username: target.username,
    password: target.password,
    ...(target.isTls ? { tls: {} } : {}),
  };
  const connection = { ...login, ...options, maxRetriesPerRequest: 0 };
  switch (target.kind) {
    case 'single':
      return new Redis({ ...target.address, db: target.database, ...connection, retryStrategy: retryDelayMs });
    case 'sentinel':
      return new Redis({ ...sentinelOptions(target), ...connection, retryStrategy: retryDelayMs });
    case 'cluster':
      return createCluster(target.nodes, connection, retryDelayMs);
  }
}

function sentinelOptions(target: RedisTarget & { kind: 'sentinel' }) {
  const { sentinelUsername, sentinelPassword, isTls } = target;
  return {
    sentinels: [...target.sentinels],
    name: target.master,
    db: target.database,
    // Tells the client at once, instead of when the old primary closes or a write to it fails.
    failoverDetector: true,
    ...(sentinelUsername === undefined ? {} : { sentinelUsername }),
    ...(sentinelPassword === undefined ? {} : { sentinelPassword }),
    ...(isTls ? { enableTLSForSentinelMode: true, sentinelTLS: {} } : {}),
  };
}

function createCluster(
  nodes: readonly { host: string; port: number }[],
  { enableOfflineQueue = true, lazyConnect = false, ...redisOptions }: Omit<RedisClientOptions, 'retryDelayMs'>,
  retryDelayMs: RedisClientOptions['retryDelayMs'],
): Cluster {
  const cluster = new Cluster([...nodes], {
    enableOfflineQueue,
    lazyConnect,
    redisOptions,
    clusterRetryStrategy: retryDelayMs,
    slotsRefreshInterval: TOPOLOGY_REFRESH_INTERVAL_MS,
    // What was lost with its connection may have been carried out, and what the Cluster cannot do now is refused now.
    retryDelayOnFailover: 0,
    retryDelayOnClusterDown: 0,
    // The names in a certificate are those that the Cluster says, which an address would not match.
    dnsLookup: (address, callback) => callback(null, address),
  });
  // By itself a node is connected to by the first command for it, and those that come meanwhile are refused.
  cluster.on('+node', (node: Redis) => {
    if (node.status === 'wait') node.connect().catch(() => undefined);
  });
  return cluster;
}
