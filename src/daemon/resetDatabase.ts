import { QueryTypes, type Sequelize } from 'sequelize';
import { settings } from '../config/settings.js';
import type { RedisClient } from '../stores/redis/createRedisClient.js';
import { startedEnvironment, type LocalDeployment } from './localDeployment.js';
import { requireStore } from './requireStore.js';
import { withDatabase } from './withDatabase.js';

const SCAN_COUNT = 1_000;

/**
 * Forgets everything: all tables, what Redis holds under this deployment's prefix, and the messages in the queues. The
 * three go together, because stock in Redis for an event that MySQL does not know would be sold to nobody's account. Ends
 * with an empty schema of today.
 *
 * The services must not be running: they would write back what they remember.
 */
export async function resetDatabase(deployment: LocalDeployment): Promise<void> {
  const redisUrl = await requireStore(deployment, 'redis');
  const rabbitmqUrl = await requireStore(deployment, 'rabbitmq');
  const given = (await startedEnvironment(deployment))[settings.redisKeyPrefix.env];
  await withDatabase(deployment, async (sequelize) => {
    await purgeQueues(rabbitmqUrl);
    await dropTables(sequelize);
    await deleteKeys(redisUrl, given ?? settings.redisKeyPrefix.default ?? '');
    const { migrate } = await import('../stores/mysql/migrate.js');
    await migrate(sequelize);
  });
}

async function dropTables(sequelize: Sequelize): Promise<void> {
  const tables = await sequelize.query<{ name: string }>(
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
    { type: QueryTypes.SELECT },
  );
  // One connection, because the switch for foreign keys is the connection's own.
  await sequelize.transaction(async (transaction) => {
    await sequelize.query('SET FOREIGN_KEY_CHECKS = 0', { transaction });
    for (const { name } of tables) await sequelize.query(`DROP TABLE \`${name}\``, { transaction });
    await sequelize.query('SET FOREIGN_KEY_CHECKS = 1', { transaction });
  });
}

async function deleteKeys(url: string, prefix: string): Promise<void> {
  const { createRedisClient } = await import('../stores/redis/createRedisClient.js');
  const { primaries } = await import('../stores/redis/many.js');
  const redis = createRedisClient(url, { retryDelayMs: () => null });
  try {
    await redis.ping();
    for (const server of primaries(redis)) await deleteKeysOf(server, prefix);
  } finally {
    redis.disconnect();
  }
}

async function deleteKeysOf(server: RedisClient, prefix: string): Promise<void> {
  let cursor = '0';
  do {
    const [next, keys] = await server.scan(cursor, 'MATCH', `${prefix}:*`, 'COUNT', SCAN_COUNT);
    // One by one: the keys of one command would have to lie in one slot of a Redis Cluster.
    await Promise.all(keys.map((key) => server.unlink(key)));
    cursor = next;
  } while (cursor !== '0');
}

async function purgeQueues(url: string): Promise<void> {
  const { connect } = await import('amqplib');
  const { declareTopology, topology } = await import('../stores/rabbitmq/topology.js');
  const connection = await connect(url);
  try {
    const channel = await connection.createChannel();
    await declareTopology(channel);
    await channel.purgeQueue(topology.queue);
    await channel.purgeQueue(topology.deadQueue);
  } finally {
    await connection.close();
  }
}
