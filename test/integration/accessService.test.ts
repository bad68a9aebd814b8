import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Sequelize } from 'sequelize';
import { createAccessClient } from '../../src/http/accessClient.js';
import { createAccessService } from '../../src/services/access/createAccessService.js';
import { allowUser, denyUser } from '../../src/stores/mysql/denyList.js';
import { insertSaleEvent, updateSaleEvent } from '../../src/stores/mysql/saleEvents.js';
import { insertUser } from '../../src/stores/mysql/users.js';
import { createLog } from '../../src/http/createLog.js';
import { connectRedis, type RedisStore } from '../../src/stores/redis/connectRedis.js';
import { bumpUserVersion } from '../../src/stores/redis/userVersions.js';
import type { RuleLink } from '../../src/domain/wire.js';
import { ask } from '../helpers/ask.js';
import { eventually } from '../helpers/eventually.js';
import { openStores, type TestStores } from '../helpers/openStores.js';
import { serve, testConfig, type Served } from '../helpers/serve.js';

let stores: TestStores;
let closeStores: () => Promise<void>;
let sequelize: Sequelize;
let redis: RedisStore;
let access: Served;
let userId: string;
let commodityId: string;
let serviceToken: string;

beforeAll(async () => {
  ({ stores, close: closeStores } = await openStores({ rabbitmq: false }));
  sequelize = stores.sequelize;
  const config = testConfig(stores);
  serviceToken = config.serviceToken;
  access = await serve(createAccessService, config);
  redis = connectRedis({
    url: stores.redisUrl,
    keyPrefix: stores.redisKeyPrefix,
    commandTimeoutMs: 10_000,
    log: createLog({ service: 'test', level: 'silent' }),
  });
  await once(redis.client, 'ready');
  userId = await addUser('+491700000001');
  const [id] = await sequelize.query(
    "INSERT INTO commodities (name, created_at, updated_at) VALUES ('lamp', NOW(3), NOW(3))",
  );
  commodityId = String(id);
});

afterAll(async () => {
  await access.stop();
  await redis.close();
  await closeStores();
});

async function addUser(phone: string): Promise<string> {
  const id = await insertUser(sequelize, {
    phone,
    name: null,
    passwordHash: '-',
    birthDate: '1990-01-01',
    workStatus: 'employed',
    nationalIdEncrypted: null,
    nationalIdLast4: null,
  });
  return id!;
}

function addEvent(rule: RuleLink[]): Promise<string> {
  const startsAtMs = Date.now();
  return sequelize.transaction((transaction) =>
    insertSaleEvent(
      sequelize,
      {
        title: 'lamps',
        commodityId,
        priceCents: 100,
        quantity: 10,
        purchaseLimit: 1,
        rule,
        limits: {},
        startsAtMs,
        endsAtMs: startsAtMs + 3_600_000,
        paymentWindowSeconds: 60,
      },
      transaction,
    ),
  );
}

async function changeRule(eventId: string, rule: RuleLink[]): Promise<void> {
  await sequelize.transaction((transaction) => updateSaleEvent(sequelize, eventId, { rule }, transaction));
  await redis.client.publish(redis.keys.changes(), eventId);
}

async function check(pair: { userId: string; eventId: string }) {
  const answer = await ask('POST', `${access.url}/access/check`, { token: serviceToken, body: pair });
  expect(answer.status).toBe(200);
  return answer.body.decisions[0];
}

describe('an access decision', () => {
  test('follows the rule and names the filter that refused', async () => {
    const eventId = await addEvent([{ name: 'base', rule: { age: { min: 99 } } }]);
    expect(await check({ userId, eventId })).toEqual({
      userId,
      eventId,
      ruleVersion: 1,
      eligible: false,
      reason: 'you must be at least 99 years old',
      filter: 'base',
    });
    expect(await check({ userId, eventId: await addEvent([]) })).toMatchObject({ eligible: true, ruleVersion: 1 });
  });

  test('is dropped as soon as the rule changes', async () => {
    const eventId = await addEvent([{ name: 'base', rule: { age: { min: 99 } } }]);
    expect(await check({ userId, eventId })).toMatchObject({ eligible: false });
    await changeRule(eventId, []);
    expect(await check({ userId, eventId })).toMatchObject({ eligible: true, ruleVersion: 2 });
  });

  test('is dropped as soon as the user comes onto or off the deny list', async () => {
    const eventId = await addEvent([{ name: 'untrustworthy', rule: {} }]);
    const denied = await addUser('+491700000002');
    expect(await check({ userId: denied, eventId })).toMatchObject({ eligible: true });
    await sequelize.transaction((transaction) =>
      denyUser(sequelize, { userId: denied, reason: 'bots', createdBy: 'test' }, transaction),
    );
    await bumpUserVersion(redis, denied);
    expect(await check({ userId: denied, eventId })).toMatchObject({ eligible: false, filter: 'untrustworthy' });
    await sequelize.transaction((transaction) => allowUser(sequelize, denied, transaction));
    await bumpUserVersion(redis, denied);
    expect(await check({ userId: denied, eventId })).toMatchObject({ eligible: true });
  });

  test('about a stranger, an unknown event or an id that cannot be one is an answer', async () => {
    const eventId = await addEvent([]);
    const pairs = [
      { userId: '999999', eventId },
      { userId, eventId: '999999' },
      { userId, eventId: '1; DROP TABLE users' },
      { userId: `${userId}abc`, eventId },
      { userId: '99999999999999999999999', eventId },
      { userId, eventId },
    ];
    const { status, body } = await ask('POST', `${access.url}/access/check`, { token: serviceToken, body: { pairs } });
    expect(status).toBe(200);
    expect(body.undecided).toEqual([]);
    expect(
      body.decisions.map(({ eligible, reason }: { eligible: boolean; reason?: string }) => reason ?? eligible),
    ).toEqual(['unknown user', 'unknown event', 'unknown event', 'unknown user', 'unknown user', true]);
  });

  test('is found in the cache under the versions it was made for', async () => {
    const eventId = await addEvent([]);
    const cached = await addUser('+491700000003');
    await check({ userId: cached, eventId });
    expect(await redis.client.ttl(redis.keys.decision(eventId, 1, cached, 0))).toBeGreaterThan(0);
  });

  test('under a stored rule that cannot be read refuses everybody', async () => {
    const eventId = await addEvent([{ name: 'of the future', rule: {} }]);
    expect(await check({ userId, eventId })).toMatchObject({ eligible: false, filter: 'rule' });
  });
});

describe('the access service', () => {
  test('answers only those who know the service token', async () => {
    const url = `${access.url}/access/check`;
    const body = { userId, eventId: '1' };
    expect(await ask('POST', url, { body })).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
    expect(await ask('POST', url, { body, token: 'guess' })).toMatchObject({
      status: 401,
      body: { code: 'TOKEN_INVALID' },
    });
  });

  test.each([
    [{ pairs: [] }],
    [{ pairs: [{ userId: 1, eventId: '1' }] }],
    [{ userId: '1' }],
    [{ userId: '1', eventId: '1', extra: true }],
    [[]],
    ['{"userId":'],
  ])('refuses %j as bad input', async (body) => {
    const answer = await ask('POST', `${access.url}/access/check`, { token: serviceToken, body });
    expect(answer.status).toBe(400);
  });

  test('gives many questions of one client one answer each', async () => {
    const client = createAccessClient({ url: access.url, serviceToken, timeoutMs: 20_000 });
    const open = await addEvent([]);
    const closed = await addEvent([{ name: 'base', rule: { age: { min: 99 } } }]);
    const decisions = await Promise.all(
      Array.from({ length: 600 }, (_, index) => client.check({ userId, eventId: index % 2 === 0 ? open : closed })),
    );
    expect(decisions.filter((decision) => decision.eligible)).toHaveLength(300);
    await client.close();
  });

  test('is ready while its stores answer', async () => {
    expect(await ask('GET', `${access.url}/readyz`)).toMatchObject({ status: 200 });
  });
});

describe('with MySQL away', () => {
  test('cached decisions still hold and the others are 503, never a refusal', async () => {
    const eventId = await addEvent([]);
    const known = await addUser('+491700000004');
    await check({ userId: known, eventId });
    const dead = new URL(stores.mysqlUrl);
    dead.port = '1';
    const alone = await serve(createAccessService, testConfig(stores, { mysqlUrl: dead.href }), {
      storesWithinMs: 0,
    });
    try {
      await untilOnlyMysqlIsAway(alone.url);
      // A process that never saw MySQL learns the rule's version from Redis.
      await redis.client.hset(redis.keys.event(eventId), { ruleVersion: 1, fence: 1, runId: 'x', available: 1 });
      const pairs = [
        { userId: known, eventId },
        { userId, eventId },
      ];
      const both = await ask('POST', `${alone.url}/access/check`, { token: serviceToken, body: { pairs } });
      expect(both).toMatchObject({
        status: 200,
        body: { decisions: [{ userId: known, eligible: true }], undecided: [{ userId, eventId }] },
      });
      const one = await ask('POST', `${alone.url}/access/check`, { token: serviceToken, body: { userId, eventId } });
      expect(one).toMatchObject({ status: 503, body: { code: 'STORE_UNAVAILABLE' } });
      expect(one.headers.get('retry-after')).toBe('1');
      expect(await ask('GET', `${alone.url}/readyz`)).toMatchObject({ status: 503, body: { stores: ['mysql'] } });
    } finally {
      await alone.stop();
    }
  });
});

async function untilOnlyMysqlIsAway(url: string): Promise<void> {
  await eventually(
    () => ask('GET', `${url}/readyz`),
    ({ body }) => JSON.stringify(body.stores) === '["mysql"]',
  );
}
