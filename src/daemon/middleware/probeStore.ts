import { parseMysqlUrl } from '../../config/mysqlUrl.js';
import type { StoreName } from './store.js';

const PROBE_TIMEOUT_MS = 2_000;

/**
 * Asks a store a real question, as its users will: a port that accepts a connection proves little.
 *
 * @returns the server's version
 * @throws whatever the client says when the store does not answer, or refuses the password
 */
export async function probeStore(name: StoreName, url: string): Promise<string> {
  return probes[name](url);
}

const probes: Readonly<Record<StoreName, (url: string) => Promise<string>>> = {
  async mysql(url) {
    const { createConnection } = await import('mysql2/promise');
    const { url: uri, ssl } = parseMysqlUrl(url);
    const connection = await createConnection({ uri, ...(ssl ? { ssl } : {}), connectTimeout: PROBE_TIMEOUT_MS });
    try {
      const [rows] = await connection.query({ sql: 'SELECT VERSION() AS version', timeout: PROBE_TIMEOUT_MS });
      return (rows as { version: string }[])[0]?.version ?? 'unknown';
    } finally {
      connection.destroy();
    }
  },

  async redis(url) {
    const { createRedisClient } = await import('../../stores/redis/createRedisClient.js');
    const redis = createRedisClient(url, {
      lazyConnect: true,
      connectTimeout: PROBE_TIMEOUT_MS,
      commandTimeout: PROBE_TIMEOUT_MS,
      retryDelayMs: () => null,
    });
    // Without a listener the client prints every failure; the rejected promise below already tells it.
    redis.on('error', () => undefined);
    try {
      await redis.connect();
      const info = await redis.info('server');
      return /^(?:redis|valkey)_version:(\S+)/m.exec(info)?.[1] ?? 'unknown';
    } finally {
      redis.disconnect();
    }
  },

  async rabbitmq(url) {
    const { connect } = await import('amqplib');
    const connection = await connect(url, { timeout: PROBE_TIMEOUT_MS });
    connection.on('error', () => undefined);
    try {
      const channel = await connection.createChannel();
      await channel.assertQueue('', { exclusive: true });
      const { version } = connection.connection.serverProperties as { version?: string };
      return version ?? 'unknown';
    } finally {
      await connection.close();
    }
  },
};
