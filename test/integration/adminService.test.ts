import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createLog } from '../../src/http/createLog.js';
import { createAdminService } from '../../src/services/admin/createAdminService.js';
import { ensureAdmin } from '../../src/stores/mysql/admins.js';
import { insertUser } from '../../src/stores/mysql/users.js';
import { connectRedis, type RedisStore } from '../../src/stores/redis/connectRedis.js';
import { markLife, readEvent } from '../../src/stores/redis/events.js';
import type { StaffRole } from '../../src/domain/staffRole.js';
import { ask, type Question } from '../helpers/ask.js';
import { openStores, type TestStores } from '../helpers/openStores.js';
import { serve, testConfig, type Served } from '../helpers/serve.js';

let stores: TestStores;
let closeStores: () => Promise<void>;
let admin: Served;
let redis: RedisStore;
let commodityId: string;
const tokens = {} as Record<StaffRole, string>;

const PASSWORD = 'a long password';
const CHEAP = { logN: 4, r: 8, p: 1 };

beforeAll(async () => {
  ({ stores, close: closeStores } = await openStores());
  const config = testConfig(stores, { addressBurst: 1_000, loginFailuresMax: 3 });
  admin = await serve(createAdminService, config);
  redis = connectRedis({
    url: stores.redisUrl,
    keyPrefix: stores.redisKeyPrefix,
    commandTimeoutMs: 10_000,
    log: createLog({ service: 'test', level: 'silent' }),
  });
  for (const role of ['viewer', 'operator', 'admin'] as const) {
    await ensureAdmin(stores.sequelize, { username: role, password: PASSWORD, role, cost: CHEAP });
    tokens[role] = (await login(role)).body.token;
  }
  commodityId = (await call('POST', 'commodities', { body: { name: 'lamp' } })).body.commodity.id;
});

afterAll(async () => {
  await admin.stop();
  await redis.close();
  await closeStores();
});

function call(method: string, route: string, { role = 'admin', ...question }: Question & { role?: StaffRole } = {}) {
  return ask(method, `${admin.url}/admin/${route}`, { token: tokens[role], ...question });
}

function login(username: string, password = PASSWORD) {
  return ask('POST', `${admin.url}/admin/login`, { body: { username, password } });
}

function newEvent(fields: Record<string, unknown> = {}) {
  return {
    title: 'lamps',
    commodityId,
    priceCents: 1_999,
    quantity: 100,
    startsAt: new Date(Date.now() - 1_000).toISOString(),
    endsAt: new Date(Date.now() + 3_600_000).toISOString(),
    ...fields,
  };
}

async function addEvent(fields: Record<string, unknown> = {}): Promise<string> {
  const { status, body } = await call('POST', 'spike/add', { body: newEvent(fields) });
  expect({ status, body }).toMatchObject({ status: 201 });
  return body.event.id;
}

async function inRedis(eventId: string) {
  const reading = await readEvent(redis, eventId);
  if (reading.code === 'NO_EVENT') throw new Error('the event is not in Redis');
  return reading.event;
}

async function lastRecord() {
  return (await call('GET', 'audit-log?limit=1')).body.entries[0];
}

async function addUser(phone: string): Promise<string> {
  const id = await insertUser(stores.sequelize, {
    phone,
    name: 'Anna',
    passwordHash: '-',
    birthDate: '1990-01-01',
    workStatus: null,
    nationalIdEncrypted: Buffer.from('secret'),
    nationalIdLast4: '5678',
  });
  return id!;
}

describe('staff', () => {
  test('log in, see who they are, and refresh their token', async () => {
    const answer = await login('operator');
    expect(answer).toMatchObject({ status: 200, body: { status: 'success', role: 'operator' } });
    expect(await call('GET', 'me', { token: answer.body.token })).toMatchObject({
      status: 200,
      body: { admin: { username: 'operator', role: 'operator' } },
    });
    const renewed = await call('GET', 'auth/refresh_token', { token: answer.body.token });
    expect(renewed).toMatchObject({ status: 200, body: { role: 'operator', token: expect.any(String) } });
  });

  test('are refused alike for a wrong name and a wrong password, and wait after too many', async () => {
    expect(await login('nobody')).toMatchObject({ status: 401, body: { code: 'BAD_CREDENTIALS' } });
    await ensureAdmin(stores.sequelize, { username: 'guessed', password: PASSWORD, cost: CHEAP });
    for (const name of ['guessed', 'Guessed', 'GUESSED'])
      expect(await login(name, 'wrong')).toMatchObject({ status: 401, body: { code: 'BAD_CREDENTIALS' } });
    expect(await login('guessed')).toMatchObject({ status: 429, body: { code: 'TOO_MANY_REQUESTS' } });
  });

  test('who are disabled are out at once, whatever their token says', async () => {
    await ensureAdmin(stores.sequelize, { username: 'leaver', password: PASSWORD, role: 'admin', cost: CHEAP });
    const { token } = (await login('leaver')).body;
    expect((await call('GET', 'me', { token })).status).toBe(200);
    await stores.sequelize.query("UPDATE admins SET role = 'viewer' WHERE username = 'leaver'");
    expect(await call('POST', 'commodities', { token, body: { name: 'x' } })).toMatchObject({
      status: 403,
      body: { code: 'FORBIDDEN', role: 'viewer', needed: 'operator' },
    });
    await stores.sequelize.query("UPDATE admins SET disabled_at = NOW(3) WHERE username = 'leaver'");
    expect(await call('GET', 'me', { token })).toMatchObject({ status: 401, body: { code: 'TOKEN_INVALID' } });
    expect(await call('GET', 'auth/refresh_token', { token })).toMatchObject({ status: 401 });
    expect(await login('leaver')).toMatchObject({ status: 403, body: { code: 'BLOCKED' } });
  });

  test('who exist are not made again with another password', async () => {
    const again = { username: 'admin', password: 'another password', cost: CHEAP };
    expect(await ensureAdmin(stores.sequelize, again)).toBe(false);
    expect((await login('admin')).status).toBe(200);
  });

  test('are made by an admin, with the password in no log', async () => {
    const body = { username: 'new.operator', password: 'a new password', role: 'operator' };
    expect(await call('POST', 'admins', { body })).toMatchObject({
      status: 201,
      body: { admin: { username: 'new.operator', role: 'operator' } },
    });
    const record = await lastRecord();
    expect(record).toMatchObject({ actor: 'admin', action: 'admin.create', after: { role: 'operator' } });
    expect(JSON.stringify(record)).not.toContain('password');
    expect(await call('POST', 'admins', { body })).toMatchObject({ status: 409, body: { code: 'NAME_TAKEN' } });
    expect((await login('new.operator', 'a new password')).status).toBe(200);
  });
});

describe('an event', () => {
  test('is sold from the moment it is made, and the log says who made it', async () => {
    const rule = [{ name: 'base', rule: '{"age":{"min":18}}' }, { name: 'untrustworthy' }];
    const { body } = await call('POST', 'spike/add', {
      role: 'operator',
      body: newEvent({ rule, limits: { userBurst: 7 }, purchaseLimit: 3 }),
      headers: { 'x-request-id': 'create-event-1' },
    });
    expect(body.event).toMatchObject({
      state: 'open',
      quantity: 100,
      available: 100,
      pending: 0,
      sold: 0,
      purchaseLimit: 3,
      paymentWindowSeconds: 900,
      ruleVersion: 1,
      fence: '1',
      rule: [
        { name: 'base', rule: { age: { min: 18 } } },
        { name: 'untrustworthy', rule: {} },
      ],
      limits: { userBurst: 7, userRatePerSecond: 10, queueFactor: 5, maxInFlight: 2_000 },
      outcomes: { accepted: 0, soldOut: 0 },
    });
    expect(await inRedis(body.event.id)).toMatchObject({ available: 100, purchaseLimit: 3, limits: { userBurst: 7 } });
    expect(await lastRecord()).toMatchObject({
      actor: 'operator',
      action: 'event.create',
      targetId: body.event.id,
      requestId: 'create-event-1',
      before: null,
      after: { quantity: 100 },
    });
    const shown = await call('GET', `spike/${body.event.id}`, { role: 'viewer' });
    expect(shown.body.event).toEqual(body.event);
  });

  const past = new Date(Date.now() - 7_200_000).toISOString();
  test.each([
    ['no stock', { quantity: 0 }, 'quantity'],
    ['negative stock', { quantity: -5 }, 'quantity'],
    ['half a unit', { quantity: 1.5 }, 'quantity'],
    ['stock as text', { quantity: '100' }, 'quantity'],
    ['too much stock', { quantity: 1e12 }, 'quantity'],
    ['a negative price', { priceCents: -1 }, 'priceCents'],
    ['a fractional price', { priceCents: 9.99 }, 'priceCents'],
    ['no title', { title: '  ' }, 'title'],
    ['a limit of none', { purchaseLimit: 0 }, 'purchaseLimit'],
    ['an end before the start', { endsAt: past }, 'endsAt'],
    ['a time that is none', { startsAt: 'tomorrow' }, 'startsAt'],
    ['a time without a zone', { startsAt: '2030-01-01T00:00:00' }, 'startsAt'],
    ['no time to pay', { paymentWindowSeconds: 0 }, 'paymentWindowSeconds'],
    ['an unknown limit', { limits: { burst: 1 } }, 'limits.burst'],
    ['a limit of another type', { limits: { userBurst: 'x' } }, 'limits.userBurst'],
    ['a commodity that does not exist', { commodityId: '999999' }, 'commodityId'],
    ['a commodity that cannot be', { commodityId: 1 }, 'commodityId'],
    ['an unknown field', { stock: 1 }, 'stock'],
  ])('with %s is refused and names the field', async (_what, fields, path) => {
    const before = (await call('GET', 'spike/all?limit=1')).body.events[0]?.id;
    const answer = await call('POST', 'spike/add', { body: newEvent(fields) });
    expect(answer).toMatchObject({ status: 400, body: { code: 'BAD_INPUT', issues: [{ path }] } });
    expect((await call('GET', 'spike/all?limit=1')).body.events[0]?.id).toBe(before);
  });

  test.each([
    [{ name: 'base' }, ''],
    ['[{"name":"base"}]', ''],
    [[{ name: 'nothing', rule: {} }], '[0].name'],
    [[{ name: 'base', rule: '{"age":' }], '[0].rule'],
    [[{ name: 'base', rule: { age: { min: 'x' } } }], '[0].rule.age.min'],
    [
      [
        { name: 'untrustworthy', rule: {} },
        { name: 'base', rule: { agee: {} } },
      ],
      '[1].rule.agee',
    ],
  ])('with the rule %j is BAD_RULE at %j', async (rule, path) => {
    const answer = await call('POST', 'spike/add', { body: newEvent({ rule }) });
    expect(answer).toMatchObject({ status: 400, body: { code: 'BAD_RULE' } });
    expect(answer.body.issues.map((issue: { path: string }) => issue.path)).toContain(path);
  });

  test('that is changed is changed in Redis too, and only what differs is written down', async () => {
    const id = await addEvent({ limits: { userBurst: 7, queueFactor: 2 } });
    const body = {
      title: 'better lamps',
      purchaseLimit: 5,
      limits: { userBurst: null, maxInFlight: 10 },
      rule: [{ name: 'base', rule: { age: { min: 18 } } }],
    };
    const { status, body: answer } = await call('PUT', `spike/${id}`, { role: 'operator', body });
    expect(status).toBe(200);
    expect(answer.event).toMatchObject({
      title: 'better lamps',
      ruleVersion: 2,
      limits: { userBurst: 40, queueFactor: 2, maxInFlight: 10 },
    });
    expect(await inRedis(id)).toMatchObject({
      title: 'better lamps',
      purchaseLimit: 5,
      ruleVersion: 2,
      limits: { queueFactor: 2, maxInFlight: 10 },
    });
    expect((await inRedis(id)).limits.userBurst).toBeUndefined();
    expect(await lastRecord()).toMatchObject({
      action: 'event.change',
      before: { title: 'lamps', purchaseLimit: 1, limits: { userBurst: 7, queueFactor: 2 } },
      after: { title: 'better lamps', purchaseLimit: 5, limits: { queueFactor: 2, maxInFlight: 10 } },
    });
    const again = await call('PUT', `spike/${id}`, { body });
    expect(again.body.event.ruleVersion).toBe(2);
    expect((await lastRecord()).after.title).toBe('better lamps');
  });

  test('keeps its price and start once it has started', async () => {
    const started = await addEvent();
    expect(await call('PUT', `spike/${started}`, { body: { priceCents: 1 } })).toMatchObject({
      status: 409,
      body: { code: 'EVENT_STATE', state: 'open', field: 'priceCents' },
    });
    expect(await call('PUT', `spike/${started}`, { body: { startsAt: past } })).toMatchObject({ status: 409 });
    const scheduled = await addEvent({ startsAt: new Date(Date.now() + 60_000).toISOString() });
    expect(await call('PUT', `spike/${scheduled}`, { body: { priceCents: 1 } })).toMatchObject({ status: 200 });
    expect(await call('PUT', `spike/${scheduled}`, { body: { endsAt: past } })).toMatchObject({
      status: 400,
      body: { issues: [{ path: 'endsAt' }] },
    });
    expect(await call('PUT', `spike/${scheduled}`, { body: {} })).toMatchObject({ status: 400 });
    expect(await call('PUT', `spike/${scheduled}`, { body: { quantity: 5 } })).toMatchObject({
      status: 400,
      body: { issues: [{ path: 'quantity' }] },
    });
  });

  test('can be paused, resumed and closed; closed is for good', async () => {
    const id = await addEvent();
    const act = (name: string) => call('POST', `spike/${id}/${name}`, { role: 'operator' });
    expect(await act('pause')).toMatchObject({ status: 200, body: { event: { state: 'paused' } } });
    expect((await inRedis(id)).paused).toBe(true);
    expect(await act('pause')).toMatchObject({ status: 200 });
    expect(await act('resume')).toMatchObject({ status: 200, body: { event: { state: 'open' } } });
    expect((await inRedis(id)).paused).toBe(false);
    expect(await act('close')).toMatchObject({ status: 200, body: { event: { state: 'closed' } } });
    expect((await inRedis(id)).closed).toBe(true);
    expect(await act('close')).toMatchObject({ status: 200 });
    expect(await act('resume')).toMatchObject({ status: 200 });
    expect(await act('pause')).toMatchObject({ status: 409, body: { code: 'EVENT_STATE', state: 'closed' } });
    expect(await call('PUT', `spike/${id}`, { body: { title: 'x' } })).toMatchObject({ status: 409 });
  });

  test('is deleted from both stores, but not once somebody has an order', async () => {
    await markLife(redis);
    const id = await addEvent();
    expect(await call('DELETE', `spike/${id}`)).toMatchObject({ status: 200, body: { id } });
    expect((await readEvent(redis, id)).code).toBe('NO_EVENT');
    expect(await call('GET', `spike/${id}`)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    expect(await call('DELETE', `spike/${id}`)).toMatchObject({ status: 404 });

    const held = await addEvent();
    await redis.client.hset(redis.keys.buyers(held), '1', `1;t=${held}-01ARZ3NDEKTSV4RRFFQ69G5FAV=1`);
    expect(await call('DELETE', `spike/${held}`)).toMatchObject({ status: 409, body: { code: 'EVENT_HAS_ORDERS' } });
    expect((await call('GET', `spike/${held}`)).status).toBe(200);
  });

  test('that Redis has lost is not deleted, since nobody knows who has an order', async () => {
    const id = await addEvent();
    await redis.client.del(redis.keys.event(id), redis.keys.life());
    expect(await call('DELETE', `spike/${id}`)).toMatchObject({ status: 503, body: { code: 'STOCK_REBUILDING' } });
    expect(await call('GET', `spike/${id}`)).toMatchObject({ status: 200, body: { event: { available: null } } });
    await markLife(redis);
  });

  test('of an id that does not exist, or cannot, is NOT_FOUND', async () => {
    for (const id of ['999999', 'abc', '1abc', '0', '-1', '%27'])
      for (const [method, tail] of [
        ['GET', ''],
        ['DELETE', ''],
        ['POST', '/pause'],
      ] as const)
        expect(await call(method, `spike/${id}${tail}`)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });

  test('two changes at the same time leave MySQL and Redis agreed', async () => {
    const id = await addEvent();
    await Promise.all(
      Array.from({ length: 12 }, (_, index) => call('PUT', `spike/${id}`, { body: { purchaseLimit: index + 1 } })),
    );
    const { event } = (await call('GET', `spike/${id}`)).body;
    expect((await inRedis(id)).purchaseLimit).toBe(event.purchaseLimit);
  });
});

describe('commodities', () => {
  test('are made once under a name and listed', async () => {
    const body = { name: 'vase', description: 'blue' };
    const made = await call('POST', 'commodities', { body });
    expect(made).toMatchObject({ status: 201, body: { commodity: { name: 'vase', description: 'blue' } } });
    expect(await call('POST', 'commodities', { body })).toMatchObject({ status: 409, body: { code: 'NAME_TAKEN' } });
    expect((await call('GET', 'commodities')).body.commodities[0]).toEqual(made.body.commodity);
    expect(await call('POST', 'commodities', { body: { name: '' } })).toMatchObject({ status: 400 });
  });
});

describe('users', () => {
  test('are found by phone, with the end of the national id alone', async () => {
    const id = await addUser('+491700000010');
    const { body } = await call('GET', `users?phone=${encodeURIComponent('+49 170 0000010')}`, { role: 'viewer' });
    expect(body.users).toMatchObject([{ id, phone: '+491700000010', nationalId: '…5678', deniedReason: null }]);
    expect(JSON.stringify(body)).not.toMatch(/hash|encrypted/i);
    expect((await call('GET', `users/${id}`)).body.user).toEqual(body.users[0]);
    expect((await call('GET', 'users?phone=%2B4999999999')).body.users).toEqual([]);
  });

  test('come onto and off the deny list, and each time what is cached about them is dropped', async () => {
    const id = await addUser('+491700000011');
    const version = async () => Number(await redis.client.get(redis.keys.userVersion(id)));
    const denied = await call('POST', `users/${id}/deny`, { role: 'operator', body: { reason: 'bots' } });
    expect(denied).toMatchObject({ status: 200, body: { user: { id, deniedReason: 'bots' } } });
    const afterDeny = await version();
    expect(afterDeny).toBeGreaterThan(0);
    expect(await lastRecord()).toMatchObject({
      action: 'user.deny',
      before: { deniedReason: null },
      after: { deniedReason: 'bots' },
    });
    expect(await call('POST', `users/${id}/deny`, { body: { reason: 'more bots' } })).toMatchObject({
      body: { user: { deniedReason: 'more bots' } },
    });
    expect(await call('DELETE', `users/${id}/deny`)).toMatchObject({
      status: 200,
      body: { user: { deniedReason: null } },
    });
    expect(await version()).toBeGreaterThan(afterDeny);
    expect(await call('POST', `users/${id}/deny`, { body: {} })).toMatchObject({ status: 400 });
    expect(await call('POST', 'users/999999/deny', { body: { reason: 'x' } })).toMatchObject({ status: 404 });
  });

  test('can be blocked and unblocked', async () => {
    const id = await addUser('+491700000012');
    const blocked = await call('POST', `users/${id}/block`);
    expect(blocked.body.user.blockedAt).toEqual(expect.any(String));
    expect((await call('DELETE', `users/${id}/block`)).body.user.blockedAt).toBeNull();
  });
});

describe('orders, queues and audit', () => {
  test('orders on their way are listed before the stored ones and shown by id', async () => {
    const id = await addEvent();
    const userId = await addUser('+491700000013');
    const pendingId = `${id}-01ARZ3NDEKTSV4RRFFQ69G5FAV`;
    const storedId = `${id}-01ARZ3NDEKTSV4RRFFQ69G5FAW`;
    await redis.client.hset(redis.keys.pending(id), pendingId, `${userId},1,${Date.now()},2,100,1,t2`);
    await stores.sequelize.query(
      `INSERT INTO orders (id, event_id, user_id, quantity, price_cents, state, sequence, ticket_id, reserved_at, ordered_at, pay_before)
       VALUES (?, ?, ?, 1, 100, 'ordered', 1, 't1', NOW(3), NOW(3), NOW(3))`,
      { replacements: [storedId, id, userId] },
    );
    const list = async (filter: string) =>
      (await call('GET', `orders?${filter}`, { role: 'viewer' })).body.orders.map((order: { id: string }) => order.id);
    expect(await list(`eventId=${id}`)).toEqual([pendingId, storedId]);
    expect(await list(`userId=${userId}`)).toEqual([pendingId, storedId]);
    expect(await list(`eventId=${id}&state=pending`)).toEqual([pendingId]);
    expect(await list(`eventId=${id}&state=ordered`)).toEqual([storedId]);
    expect(await list(`eventId=${id}&state=paid`)).toEqual([]);
    expect((await call('GET', `orders/${pendingId}`)).body.order).toMatchObject({ id: pendingId, state: 'pending' });
    expect((await call('GET', `orders/${storedId}`)).body.order).toMatchObject({ id: storedId, state: 'ordered' });
    expect(await call('GET', `orders/${id}-nothing`)).toMatchObject({ status: 404 });
    expect(await call('GET', 'orders?state=gone')).toMatchObject({
      status: 400,
      body: { issues: [{ path: 'state' }] },
    });
    const page = (await call('GET', `orders?eventId=${id}&limit=1`)).body;
    expect(page.next).toEqual(expect.any(String));
    expect(await list(`eventId=${id}&limit=1&cursor=${page.next}`)).toEqual([]);
  });

  test('queues say what waits in them', async () => {
    const { status, body } = await call('GET', 'queues', { role: 'viewer' });
    expect(status).toBe(200);
    expect(body.queues).toMatchObject([
      { name: expect.any(String), ready: 0, unacked: 0, consumers: 0 },
      { name: expect.any(String), ready: 0 },
    ]);
  });

  test('audit answers 200 whether it finds something or not', async () => {
    const sound = await addEvent();
    expect(await call('GET', `audit?eventId=${sound}`)).toMatchObject({
      status: 200,
      body: { ok: true, events: [{ id: sound, quantity: 100, available: 100, sold: 0 }] },
    });
    const broken = await addEvent();
    await redis.client.hset(redis.keys.event(broken), 'available', 90);
    expect(await call('GET', `audit?eventId=${broken}`)).toMatchObject({ status: 200, body: { ok: false } });
    expect(await call('GET', 'audit?eventId=999999')).toMatchObject({ status: 404 });
    const all = (await call('GET', 'audit')).body;
    expect(all.ok).toBe(false);
    expect(all.events.length).toBeGreaterThan(2);
  });
});

describe('with Redis away', () => {
  test('no change is made, and what MySQL knows is still shown', async () => {
    const id = await addEvent();
    const userId = await addUser('+491700000014');
    const dead = new URL(stores.redisUrl);
    dead.port = '1';
    const alone = await serve(createAdminService, { ...admin.config, redisUrl: dead.href }, { storesWithinMs: 0 });
    try {
      const token = tokens.admin;
      const at = (method: string, route: string, body?: unknown) =>
        ask(method, `${alone.url}/admin/${route}`, { token, body });
      for (const answer of [
        await at('POST', `spike/${id}/pause`),
        await at('PUT', `spike/${id}`, { title: 'x' }),
        await at('DELETE', `spike/${id}`),
        await at('POST', `users/${userId}/deny`, { reason: 'x' }),
      ])
        expect(answer).toMatchObject({ status: 503, body: { code: 'STORE_UNAVAILABLE', store: 'redis' } });
      expect(await at('GET', `spike/${id}`)).toMatchObject({
        status: 200,
        body: { event: { title: 'lamps', state: 'open', available: null, pending: null, outcomes: null } },
      });
      expect((await at('GET', `users/${userId}`)).body.user.deniedReason).toBeNull();
    } finally {
      await alone.stop();
    }
  });
});
