import { parseRedisUrl } from '../../../config/redisUrl.js';
import { measureSkew, type Skew } from '../clockSkew.js';
import { PROBE_TIMEOUT_MS } from './probeTimeout.js';

export interface RedisFacts {
  version: string;
  /** `master`, or `slave` for a replica, which refuses writes. */
  role: string;
  isCluster: boolean;
  /** Whether the URL says so: a node that is asked as a single server refuses the keys of the others. */
  isClusterUrl: boolean;
  isAppendOnly: boolean;
  /** Whether the last write to the append-only file succeeded. */
  isLastWriteOk: boolean;
  maxmemoryBytes: number;
  usedBytes: number;
  maxmemoryPolicy: string;
  /** By name, why the server does not take the script; empty when it takes all. */
  refusedScripts: Readonly<Record<string, string>>;
  scripts: number;
  skew: Skew;
}

/** Asks Redis what the system depends on, and gives it each script as the services will. No key is touched. */
export async function probeRedis(url: string): Promise<RedisFacts> {
  const { createRedisClient } = await import('../../../stores/redis/createRedisClient.js');
  const { primaries } = await import('../../../stores/redis/many.js');
  const { loadScripts } = await import('../../../stores/redis/loadScript.js');
  const redis = createRedisClient(url, {
    lazyConnect: true,
    connectTimeout: PROBE_TIMEOUT_MS,
    commandTimeout: PROBE_TIMEOUT_MS,
    retryDelayMs: () => null,
  });
  let refusal: Error | undefined;
  redis.on('error', (error: Error) => (refusal = error));
  try {
    // The rejected promise says only that the connection is closed.
    await redis.connect().catch((error: unknown) => Promise.reject(refusal ?? (error as Error)));
    // Of a Redis Cluster one node, which is taken to be as the others are.
    const [server = redis] = primaries(redis);
    const info = readInfo(await server.info());
    const scripts = Object.entries(loadScripts());
    const refused: Record<string, string> = {};
    for (const [name, text] of scripts) {
      await server.script('LOAD', text).catch((error: unknown) => (refused[name] = String(error)));
    }
    return {
      version: info('redis_version'),
      role: info('role'),
      isCluster: info('cluster_enabled') === '1',
      isClusterUrl: parseRedisUrl(url).kind === 'cluster',
      isAppendOnly: info('aof_enabled') === '1',
      isLastWriteOk: info('aof_last_write_status') !== 'err',
      maxmemoryBytes: Number(info('maxmemory')),
      usedBytes: Number(info('used_memory')),
      maxmemoryPolicy: info('maxmemory_policy'),
      refusedScripts: refused,
      scripts: scripts.length,
      skew: await measureSkew(async () => {
        const [seconds, microseconds] = await server.time();
        return Number(seconds) * 1_000 + Number(microseconds) / 1_000;
      }),
    };
  } finally {
    redis.disconnect();
  }
}

/** One field of the text that INFO answers; empty when this server does not tell it. */
function readInfo(text: string): (field: string) => string {
  const fields = new Map(
    text.split(/\r?\n/).flatMap((line) => {
      const colon = line.indexOf(':');
      return colon > 0 ? [[line.slice(0, colon), line.slice(colon + 1)] as const] : [];
    }),
  );
  return (field) => fields.get(field) ?? '';
}
