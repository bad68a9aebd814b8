import { connect } from 'amqplib';
import { Redis } from 'ioredis';
import { QueryTypes } from 'sequelize';
import { connectMysql } from '../../src/stores/mysql/connectMysql.js';
import { withStores } from '../helpers/openStores.js';

describe('the stores of a test', () => {
  test('are migrated, empty, and all of them answer', async () => {
    await withStores(async ({ sequelize, redis, rabbitmqUrl }) => {
      const events = await sequelize.query('SELECT id FROM sale_events', { type: QueryTypes.SELECT });
      expect(events).toEqual([]);
      expect(await redis.dbsize()).toBe(0);
      const connection = await connect(rabbitmqUrl);
      const channel = await connection.createChannel();
      await channel.assertQueue('orders', { durable: true, arguments: { 'x-queue-type': 'quorum' } });
      await connection.close();
    });
  });

  test('fail the test that leaves a connection open, and name it', async () => {
    let leaked: Redis | undefined;
    const leaking = withStores(
      async ({ redisUrl }) => {
        leaked = new Redis(redisUrl);
        await leaked.ping();
      },
      { rabbitmq: false },
    );
    await expect(leaking).rejects.toThrow(/left open:\nRedis connection \d+/);
    leaked?.disconnect();
  });

  test('see a MySQL pool that nobody closed', async () => {
    let leaked: ReturnType<typeof connectMysql> | undefined;
    const leaking = withStores(
      async ({ mysqlUrl }) => {
        leaked = connectMysql({ url: mysqlUrl, poolMax: 1 });
        await leaked.query('SELECT 1');
      },
      { rabbitmq: false },
    );
    await expect(leaking).rejects.toThrow(/MySQL connection \d+/);
    await leaked?.close();
  });

  test('see a broker connection that nobody closed', async () => {
    let leaked: Awaited<ReturnType<typeof connect>> | undefined;
    const leaking = withStores(async ({ rabbitmqUrl }) => {
      leaked = await connect(rabbitmqUrl);
      leaked.on('error', () => undefined);
    });
    await expect(leaking).rejects.toThrow('1 RabbitMQ connections');
    await leaked?.close().catch(() => undefined);
  });

  test('of two at once are strangers to each other', async () => {
    await withStores(
      async (one) => {
        await withStores(
          async (other) => {
            expect(other.mysqlUrl).not.toBe(one.mysqlUrl);
            expect(other.redisUrl).not.toBe(one.redisUrl);
          },
          { rabbitmq: false },
        );
        expect(await one.redis.ping()).toBe('PONG');
      },
      { rabbitmq: false },
    );
  });
});
