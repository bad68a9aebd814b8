import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { connect as connectAmqp } from 'amqplib';
import { Redis } from 'ioredis';
import { request } from 'undici';
import { Refusal } from '../domain/errorCatalogue.js';
import { connectMysql } from '../stores/mysql/connectMysql.js';
import { toRefusal } from './toRefusal.js';

/** What the clients really throw: towards a port where nobody listens, and towards one that never says a word. */
describe('a store that is away', () => {
  let silent: Server;
  let silentPort: number;
  const sockets = new Set<Socket>();

  beforeAll(async () => {
    silent = createServer((socket) => sockets.add(socket)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    silentPort = (silent.address() as AddressInfo).port;
  });

  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    silent.close();
  });

  const ports = (): [string, number][] => [
    ['refuses', 1],
    ['is silent', silentPort],
  ];

  test('is STORE_UNAVAILABLE with its name and a time to come back, when it is MySQL', async () => {
    for (const [, port] of ports()) {
      const sequelize = connectMysql({ url: `mysql://a:b@127.0.0.1:${port}/c`, poolMax: 1, connectTimeoutMs: 100 });
      expect(await refusalOf(sequelize.query('SELECT 1'))).toMatchObject(unavailable('mysql'));
      await sequelize.close();
    }
  });

  test('is so when it is Redis', async () => {
    for (const [, port] of ports()) {
      const redis = new Redis(port, '127.0.0.1', {
        enableOfflineQueue: false,
        maxRetriesPerRequest: 0,
        commandTimeout: 100,
        connectTimeout: 100,
      });
      redis.on('error', () => undefined);
      expect(await refusalOf(redis.ping())).toMatchObject(unavailable('redis'));
      redis.disconnect();
      expect(await refusalOf(redis.ping())).toMatchObject(unavailable('redis'));
    }
  });

  test('is so when it is RabbitMQ or another service', async () => {
    expect(await refusalOf(connectAmqp('amqp://127.0.0.1:1'))).toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(await refusalOf(request('http://127.0.0.1:1/'))).toMatchObject(unavailable('service'));
    const late = request(`http://127.0.0.1:${silentPort}/`, { headersTimeout: 100 });
    expect(await refusalOf(late)).toMatchObject(unavailable('service'));
  });
});

test('what is our own fault is INTERNAL and says nothing of itself', () => {
  for (const error of [new TypeError('x is not a function'), 'a string', undefined, new Error('secret value')]) {
    const refusal = toRefusal(error);
    expect(refusal).toMatchObject({ code: 'INTERNAL', details: {} });
    expect(refusal.message).not.toContain('secret');
  }
});

test('a refusal stays what it is', () => {
  const refusal = new Refusal('SOLD_OUT', { rest: 0 });
  expect(toRefusal(refusal)).toBe(refusal);
});

function unavailable(store: string) {
  return { code: 'STORE_UNAVAILABLE', details: { store }, retryAfterSeconds: 1 };
}

async function refusalOf(work: Promise<unknown>): Promise<Refusal> {
  return toRefusal(
    await work.then(
      () => 'no error',
      (error: unknown) => error,
    ),
  );
}
