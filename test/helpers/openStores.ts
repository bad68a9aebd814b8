import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { QueryTypes, type Sequelize } from 'sequelize';
import { rabbitmqctl } from '../../src/daemon/middleware/rabbitmqctl.js';
import { connectMysql } from '../../src/stores/mysql/connectMysql.js';
import { migrate } from '../../src/stores/mysql/migrate.js';
import { testMiddleware } from './testMiddleware.js';
import { undoAll, type Undo } from './undoAll.js';

/** Stores that nobody else uses: an empty migrated database, an empty Redis database and prefix, an empty vhost. */
export interface TestStores {
  mysqlUrl: string;
  redisUrl: string;
  redisKeyPrefix: string;
  rabbitmqUrl: string;
  /** On the database above; closed with the stores. */
  sequelize: Sequelize;
  /** On the Redis database above, for looking into it; closed with the stores. */
  redis: Redis;
}

/** Databases 1 to 15, handed out in turn: far more than suites are ever open at once. Database 0 holds the turn. */
const REDIS_DATABASES = 15;
/** A connection that was closed a moment ago may still be listed, for longer on a machine that has much to do. */
const LEAK_GRACE_MS = 5_000;
const POLL_MS = 50;

/**
 * Opens stores for one suite. `close` gives everything back and throws when the code under test left a connection open.
 *
 * @param options.rabbitmq false spares the second that a vhost takes, for suites that publish nothing
 */
export async function openStores(
  options: { rabbitmq?: boolean } = {},
): Promise<{ stores: TestStores; close: () => Promise<void> }> {
  const { home, urls } = testMiddleware();
  const name = `t${process.env.JEST_WORKER_ID ?? '0'}_${randomBytes(6).toString('hex')}`;
  const needsVhost = options.rabbitmq ?? true;

  const mysqlUrl = withPath(urls.mysql, name);
  const rabbitmqUrl = withPath(urls.rabbitmq, name);
  const opened: Undo[] = [];
  const close = () => undoAll(opened);
  try {
    const root = connectMysql({ url: urls.mysql, poolMax: 1 });
    opened.push(() => root.close());
    await root.query(`CREATE DATABASE ${name}`);
    opened.push(() => root.query(`DROP DATABASE ${name}`));

    const redisUrl = withPath(urls.redis, String(await nextRedisDatabase(urls.redis)));
    const redis = new Redis(redisUrl);
    opened.push(() => redis.disconnect());
    await redis.flushdb();
    opened.push(() => redis.flushdb());

    if (needsVhost) {
      await addVhost(home, name);
      opened.push(() => rabbitmqctl(home, ['delete_vhost', name]));
    }

    opened.push(async () => {
      const leaks = [
        ...(await settledLeaks(() => mysqlLeaks(root, name))),
        ...(await settledLeaks(() => redisLeaks(redis))),
        ...(needsVhost ? await settledLeaks(() => rabbitmqLeaks(home, name)) : []),
      ];
      if (leaks.length > 0) throw new Error(`Connections were left open:\n${leaks.join('\n')}`);
    });
    const sequelize = connectMysql({ url: mysqlUrl, poolMax: 5 });
    opened.push(() => sequelize.close());
    await migrate(sequelize);
    return { stores: { mysqlUrl, redisUrl, redisKeyPrefix: name, rabbitmqUrl, sequelize, redis }, close };
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
}

/** Runs the callback with stores of its own; a connection that it leaves open fails it. */
export async function withStores<T>(
  callback: (stores: TestStores) => Promise<T>,
  options: { rabbitmq?: boolean } = {},
): Promise<T> {
  const { stores, close } = await openStores(options);
  let result: T;
  try {
    result = await callback(stores);
  } catch (error) {
    // The test's own failure is the one to read; connections it left open are its consequence.
    await close().catch(() => undefined);
    throw error;
  }
  await close();
  return result;
}

function withPath(url: string, path: string): string {
  const changed = new URL(url);
  changed.pathname = `/${path}`;
  return changed.href;
}

async function nextRedisDatabase(url: string): Promise<number> {
  const redis = new Redis(url);
  const turn = await redis.incr('databases-handed-out');
  await redis.quit();
  return 1 + (turn % REDIS_DATABASES);
}

async function addVhost(home: string, name: string): Promise<void> {
  // One call of the tool instead of two: most of its time is its own start.
  await rabbitmqctl(home, [
    'eval',
    `rabbit_vhost:add(<<"${name}">>, <<"spike">>), rabbit_auth_backend_internal:set_permissions(<<"spike">>, <<"${name}">>, <<".*">>, <<".*">>, <<".*">>, <<"spike">>).`,
  ]);
}

/** Each store has a grace of its own, which starts after the first look: RabbitMQ's tool alone can take seconds to start. */
async function settledLeaks(look: () => Promise<string[]>): Promise<string[]> {
  let leaks = await look();
  const deadline = performance.now() + LEAK_GRACE_MS;
  while (leaks.length > 0 && performance.now() < deadline) {
    await sleep(POLL_MS);
    leaks = await look();
  }
  return leaks;
}

async function mysqlLeaks(root: Sequelize, database: string): Promise<string[]> {
  const rows = await root.query<{ id: string; command: string; info: string | null }>(
    'SELECT id AS id, command AS command, info AS info FROM information_schema.processlist WHERE db = :database',
    { replacements: { database }, type: QueryTypes.SELECT },
  );
  return rows.map(({ id, command, info }) => `MySQL connection ${id} (${command}${info === null ? '' : `: ${info}`})`);
}

async function redisLeaks(redis: Redis): Promise<string[]> {
  const own = String(await redis.client('ID'));
  const list = String(await redis.client('LIST'));
  return list
    .trim()
    .split('\n')
    .map((line) => Object.fromEntries(line.split(' ').map((field) => field.split('=') as [string, string])))
    .filter((client) => client.db === String(redis.options.db ?? 0) && client.id !== own)
    .map((client) => `Redis connection ${client.id} (${client.cmd})`);
}

async function rabbitmqLeaks(home: string, vhost: string): Promise<string[]> {
  const count = Number(await rabbitmqctl(home, ['eval', `length(rabbit_connection_tracking:list(<<"${vhost}">>)).`]));
  return count === 0 ? [] : [`${count} RabbitMQ connections`];
}
