import { createDecipheriv } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import jwt from 'jsonwebtoken';
import { QueryTypes } from 'sequelize';
import { createLog } from '../../src/http/createLog.js';
import { createTokens } from '../../src/http/tokens.js';
import { createAccessService } from '../../src/services/access/createAccessService.js';
import { createUserService } from '../../src/services/user/createUserService.js';
import { findSaleEvent, insertSaleEvent } from '../../src/stores/mysql/saleEvents.js';
import { setUserBlock } from '../../src/stores/mysql/users.js';
import { connectRedis, type RedisStore } from '../../src/stores/redis/connectRedis.js';
import { installEvent } from '../../src/stores/redis/events.js';
import type { RuleLink } from '../../src/domain/wire.js';
import { ask } from '../helpers/ask.js';
import { eventually } from '../helpers/eventually.js';
import { openStores, type TestStores } from '../helpers/openStores.js';
import { serve, testConfig, type Served } from '../helpers/serve.js';

let stores: TestStores;
let closeStores: () => Promise<void>;
let access: Served;
let user: Served;
let redis: RedisStore;
let page: string;
let phones = 0;

beforeAll(async () => {
  ({ stores, close: closeStores } = await openStores({ rabbitmq: false }));
  access = await serve(createAccessService, testConfig(stores));
  page = await mkdtemp(path.join(tmpdir(), 'spike-page-'));
  await writeFile(path.join(page, 'index.html'), '<!doctype html><title>sale</title>');
  user = await serve(
    (context) => createUserService(context, page),
    testConfig(stores, { accessUrl: access.url, loginFailuresMax: 3, addressBurst: 1_000 }),
  );
  redis = connectRedis({
    url: stores.redisUrl,
    keyPrefix: stores.redisKeyPrefix,
    commandTimeoutMs: 10_000,
    log: createLog({ service: 'test', level: 'silent' }),
  });
});

afterAll(async () => {
  await user.stop();
  await access.stop();
  await redis.close();
  await closeStores();
  await rm(page, { recursive: true });
});

const newPhone = () => `+4917000${String((phones += 1)).padStart(5, '0')}`;

async function block(userId: string): Promise<void> {
  const by = { by: 'olga', reason: undefined };
  await stores.sequelize.transaction((transaction) => setUserBlock(stores.sequelize, userId, by, transaction));
}

async function register(fields: Record<string, unknown> = {}) {
  const phone = newPhone();
  const body = { phone, password: 'correct horse', ...fields };
  const answer = await ask('POST', `${user.url}/users/register`, { body });
  expect(answer.status).toBe(200);
  return { phone, token: answer.body.token as string, userId: answer.body.userId as string };
}

async function addEvent(rule: RuleLink[] = [], startsInMs = -1_000, lastsMs = 3_600_000): Promise<string> {
  const { sequelize } = stores;
  const [commodityId] = await sequelize.query(
    'INSERT INTO commodities (name, created_at, updated_at) VALUES (UUID(), NOW(3), NOW(3))',
  );
  const startsAtMs = Date.now() + startsInMs;
  const eventId = await sequelize.transaction((transaction) =>
    insertSaleEvent(
      sequelize,
      {
        title: 'lamps',
        commodityId: String(commodityId),
        priceCents: 100,
        quantity: 10,
        purchaseLimit: 1,
        rule,
        limits: {},
        startsAtMs,
        endsAtMs: startsAtMs + lastsMs,
        paymentWindowSeconds: 60,
      },
      transaction,
    ),
  );
  const event = (await findSaleEvent(sequelize, eventId))!;
  await installEvent(redis, { event, available: event.quantity, sequence: 0, buyers: new Map(), pending: [] });
  return eventId;
}

describe('registration', () => {
  test('logs the new user in and says until when', async () => {
    const phone = newPhone();
    const { status, body } = await ask('POST', `${user.url}/users/register`, {
      body: { phone, password: 'correct horse', name: 'Anna', birthDate: '1990-02-28', workStatus: 'employed' },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'success', userId: expect.stringMatching(/^[0-9]+$/) });
    const lifetimeMs = Date.parse(body.expire) - Date.now();
    expect(Math.round(lifetimeMs / 60_000)).toBe(24 * 60);
    expect(await ask('GET', `${user.url}/users/spike/all`, { token: body.token })).toMatchObject({ status: 200 });
  });

  test('takes a phone number once, however it is written', async () => {
    const { phone } = await register();
    const spaced = `${phone.slice(0, 5)} ${phone.slice(5, 8)}-${phone.slice(8)}`;
    const again = await ask('POST', `${user.url}/users/register`, { body: { phone: spaced, password: 'other one' } });
    expect(again).toMatchObject({ status: 409, body: { code: 'PHONE_TAKEN' } });
  });

  test('keeps neither the password nor the national id readable', async () => {
    const { userId } = await register({ nationalId: 'AB-1234-5678' });
    const [row] = await stores.sequelize.query<{ password_hash: string; secret: Buffer; last4: string }>(
      'SELECT password_hash, national_id_encrypted AS secret, national_id_last4 AS last4 FROM users WHERE id = ?',
      { replacements: [userId], type: QueryTypes.SELECT },
    );
    expect(row!.password_hash).toMatch(/^scrypt\$ln=14,r=8,p=5\$/);
    expect(row!.password_hash).not.toContain('correct horse');
    expect(row!.secret.toString('latin1')).not.toContain('1234');
    expect(row!.last4).toBe('5678');
    const decipher = createDecipheriv(
      'aes-256-gcm',
      Buffer.from(user.config.nationalIdKey, 'hex'),
      row!.secret.subarray(1, 13),
    );
    decipher.setAuthTag(row!.secret.subarray(13, 29));
    expect(decipher.update(row!.secret.subarray(29), undefined, 'utf8') + decipher.final('utf8')).toBe('AB-1234-5678');
  });

  test.each([
    ['no phone', { password: 'correct horse' }, 'phone'],
    ['a phone of another type', { phone: 7, password: 'correct horse' }, 'phone'],
    ['a phone that is none', { phone: "'; DROP TABLE users", password: 'correct horse' }, 'phone'],
    ['a short password', { phone: '+4917099', password: '1234567' }, 'password'],
    ['a very long password', { phone: '+4917099', password: 'x'.repeat(129) }, 'password'],
    [
      'a day that does not exist',
      { phone: '+4917099', password: 'correct horse', birthDate: '1990-02-30' },
      'birthDate',
    ],
    ['a birth in the future', { phone: '+4917099', password: 'correct horse', birthDate: '2999-01-01' }, 'birthDate'],
    ['an unknown field', { phone: '+4917099', password: 'correct horse', role: 'admin' }, 'role'],
    ['a list', [], ''],
  ])('with %s is refused and names the field', async (_what, body, path) => {
    const answer = await ask('POST', `${user.url}/users/register`, { body });
    expect(answer).toMatchObject({ status: 400, body: { status: 'fail', code: 'BAD_INPUT' } });
    expect(answer.body.issues.map((issue: { path: string }) => issue.path)).toContain(path);
  });
});

describe('a body', () => {
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    ask('POST', `${user.url}/users/login`, { body, headers });

  test('that is not JSON is BAD_JSON', async () => {
    for (const body of ['', '{', '{"phone":}', 'phone=1', new Uint8Array([0x22, 0xff, 0x22])])
      expect(await post(body)).toMatchObject({ status: 400, body: { code: 'BAD_JSON' } });
  });

  test('of another content type or encoding is BAD_INPUT', async () => {
    expect(await post('{}', { 'content-type': 'text/plain' })).toMatchObject({
      status: 400,
      body: { code: 'BAD_INPUT', issues: [{ path: 'Content-Type' }] },
    });
    expect(await post('{}', { 'content-encoding': 'gzip' })).toMatchObject({
      status: 400,
      body: { issues: [{ path: 'Content-Encoding' }] },
    });
  });

  test('that is too large is 413 with the limit', async () => {
    const answer = await post({ phone: '1', password: 'x'.repeat(70_000) });
    expect(answer).toMatchObject({ status: 413, body: { code: 'BODY_TOO_LARGE', limitBytes: 65_536 } });
  });

  test('that reaches for the prototype, or is nested without end, is BAD_INPUT', async () => {
    expect(await post('{"__proto__":{"isAdmin":true},"phone":"+4917099","password":"x"}')).toMatchObject({
      status: 400,
      body: { code: 'BAD_INPUT', issues: [{ path: '__proto__' }] },
    });
    const deep = `{"phone":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;
    expect(await post(deep)).toMatchObject({ status: 400, body: { code: 'BAD_INPUT' } });
  });
});

describe('login', () => {
  const login = (phone: string, password: string, url = user.url) =>
    ask('POST', `${url}/users/login`, { body: { phone, password } });

  test('gives a token to who knows the password', async () => {
    const { phone } = await register();
    const answer = await login(phone, 'correct horse');
    expect(answer).toMatchObject({ status: 200, body: { status: 'success' } });
    expect(answer.body.token).toEqual(expect.any(String));
  });

  test('answers a wrong password and an unknown phone alike', async () => {
    const { phone } = await register();
    const wrong = await login(phone, 'wrong horse');
    const unknown = await login(newPhone(), 'wrong horse');
    expect(wrong).toMatchObject({ status: 401, body: { code: 'BAD_CREDENTIALS' } });
    expect({ ...unknown.body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' });
  });

  test('makes a name wait after too many failures, however many come at once, and then lets it in again', async () => {
    const { phone } = await register();
    const guesses = await Promise.all(Array.from({ length: 8 }, () => login(phone, 'wrong horse')));
    expect(guesses.filter(({ status }) => status === 401)).toHaveLength(3);
    expect(guesses.filter(({ status }) => status === 429)).toHaveLength(5);
    const locked = await login(phone, 'correct horse');
    expect(locked).toMatchObject({ status: 429, body: { code: 'TOO_MANY_REQUESTS', limit: 'login' } });
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(50);
    await redis.client.del(...(await redis.client.keys('*login:shopper*')));
    expect(await login(phone, 'correct horse')).toMatchObject({ status: 200 });
  });

  test('forgets earlier failures once the password was right', async () => {
    const { phone } = await register();
    for (let round = 0; round < 3; round += 1) {
      expect(await login(phone, 'wrong horse')).toMatchObject({ status: 401 });
      expect(await login(phone, 'correct horse')).toMatchObject({ status: 200 });
    }
  });

  test('of a blocked user is refused, and says so only to who knows the password', async () => {
    const { phone, userId } = await register();
    await block(userId);
    expect(await login(phone, 'wrong horse')).toMatchObject({ body: { code: 'BAD_CREDENTIALS' } });
    expect(await login(phone, 'correct horse')).toMatchObject({ status: 403, body: { code: 'BLOCKED' } });
  });

  test('of one address is limited', async () => {
    const strict = await serve(
      createUserService,
      testConfig(stores, { addressBurst: 2, addressRatePerMinute: 1, trustedProxyHops: 1 }),
    );
    try {
      const from = (address: string) =>
        ask('POST', `${strict.url}/users/login`, {
          body: { phone: newPhone(), password: 'x' },
          headers: { 'x-forwarded-for': `6.6.6.6, ${address}` },
        });
      expect((await from('10.0.0.1')).status).toBe(401);
      expect((await from('10.0.0.1')).status).toBe(401);
      const limited = await from('10.0.0.1');
      expect(limited).toMatchObject({ status: 429, body: { code: 'TOO_MANY_REQUESTS', limit: 'address' } });
      expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(1);
      expect((await from('10.0.0.2')).status).toBe(401);
    } finally {
      await strict.stop();
    }
  });

  test('with Redis away is 503 and lets nobody guess', async () => {
    const dead = new URL(stores.redisUrl);
    dead.port = '1';
    const alone = await serve(createUserService, testConfig(stores, { redisUrl: dead.href }), { storesWithinMs: 0 });
    try {
      const answer = await login(newPhone(), 'x', alone.url);
      expect(answer).toMatchObject({ status: 503, body: { code: 'STORE_UNAVAILABLE', store: 'redis' } });
      expect(answer.headers.get('retry-after')).toBe('1');
    } finally {
      await alone.stop();
    }
  });
});

describe('a token', () => {
  const all = (token?: string, headers: Record<string, string> = {}) =>
    ask('GET', `${user.url}/users/spike/all`, { token, headers });
  const claims = { sub: '1', role: 'shopper' };
  const options = { audience: 'shopper', issuer: 'spike', expiresIn: 60 };
  const sign = (secret: string, change: object = {}, signing: jwt.SignOptions = {}) =>
    jwt.sign({ ...claims, ...change }, secret, { algorithm: 'HS256', ...options, ...signing } as jwt.SignOptions);

  test('that is missing or not a bearer token is UNAUTHENTICATED', async () => {
    expect(await all()).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
    expect(await all(undefined, { authorization: 'Basic YTpi' })).toMatchObject({ body: { code: 'UNAUTHENTICATED' } });
    expect(await ask('GET', `${user.url}/users/spike/all?token=${sign(user.config.userJwtSecret)}`)).toMatchObject({
      body: { code: 'UNAUTHENTICATED' },
    });
  });

  test('that is forged, foreign, unsigned or for somebody else is TOKEN_INVALID', async () => {
    const secret = user.config.userJwtSecret;
    const good = sign(secret);
    expect((await all(good)).status).toBe(200);
    const [head, , mac] = good.split('.');
    const otherClaims = Buffer.from(JSON.stringify({ ...claims, sub: '2', aud: 'shopper', iss: 'spike' })).toString(
      'base64url',
    );
    const bad = {
      'another secret': sign('x'.repeat(40)),
      "the staff's secret and audience": sign(user.config.adminJwtSecret, {}, { audience: 'staff' }),
      'another audience': sign(secret, {}, { audience: 'staff' }),
      'another issuer': sign(secret, {}, { issuer: 'elsewhere' }),
      'another algorithm': sign(secret, {}, { algorithm: 'HS512' }),
      'alg none': jwt.sign({ ...claims, aud: 'shopper', iss: 'spike', exp: 9_999_999_999 }, '', { algorithm: 'none' }),
      'changed claims': `${head}.${otherClaims}.${mac}`,
      'no end': jwt.sign({ ...claims, aud: 'shopper', iss: 'spike' }, secret, { algorithm: 'HS256' }),
      'a claim of another type': sign(secret, { role: 7 }),
      'no token': 'abc',
      'too long': 'x'.repeat(5_000),
    };
    for (const [what, token] of Object.entries(bad))
      expect({ what, ...(await all(token)) }).toMatchObject({ what, status: 401, body: { code: 'TOKEN_INVALID' } });
  });

  test('that has expired is TOKEN_EXPIRED, also when it was good a moment ago', async () => {
    const secret = user.config.userJwtSecret;
    expect(await all(sign(secret, {}, { expiresIn: -1 }))).toMatchObject({ body: { code: 'TOKEN_EXPIRED' } });
    // Counted in whole seconds from the one that has begun.
    const brief = sign(secret, {}, { expiresIn: 4 });
    expect((await all(brief)).status).toBe(200);
    const late = await eventually(
      () => all(brief),
      ({ status }) => status !== 200,
    );
    expect(late).toMatchObject({ status: 401, body: { code: 'TOKEN_EXPIRED' } });
  });

  test('can be refreshed after it expired, until its window closes or its owner is blocked', async () => {
    const { userId } = await register();
    const refresh = (token: string) => ask('GET', `${user.url}/users/auth/refresh_token`, { token });
    const now = Math.floor(Date.now() / 1_000);
    const aged = (hours: number, sub = userId) =>
      jwt.sign(
        {
          sub,
          role: 'shopper',
          aud: 'shopper',
          iss: 'spike',
          iat: now - hours * 3_600,
          exp: now - (hours - 24) * 3_600,
        },
        user.config.userJwtSecret,
        { algorithm: 'HS256' },
      );
    const renewed = await refresh(aged(47));
    expect(renewed.status).toBe(200);
    expect((await all(renewed.body.token)).status).toBe(200);
    expect((await all(aged(47))).body.code).toBe('TOKEN_EXPIRED');
    expect(await refresh(aged(49))).toMatchObject({ status: 401, body: { code: 'TOKEN_EXPIRED' } });
    expect(await refresh(aged(1, '999999'))).toMatchObject({ status: 401, body: { code: 'TOKEN_INVALID' } });
    await block(userId);
    expect(await refresh(aged(1))).toMatchObject({ status: 403, body: { code: 'BLOCKED' } });
  });
});

describe('the events', () => {
  let token: string;
  beforeAll(async () => {
    ({ token } = await register({ birthDate: '1990-01-01', workStatus: 'employed' }));
  });
  const get = (route: string) => ask('GET', `${user.url}/users/spike/${route}`, { token });

  test('are listed with what is left, newest first, page by page', async () => {
    const ids = [await addEvent(), await addEvent([], 60_000), await addEvent([], -10_000, 5_000)];
    const { body } = await get('all?limit=100');
    expect(body.events.slice(0, 2)).toMatchObject([
      { id: ids[1], state: 'scheduled', available: 10 },
      { id: ids[0], state: 'open', available: 10, quantity: 10, commodity: { name: expect.any(String) } },
    ]);
    expect(Math.abs(Date.parse(body.serverTime) - Date.now())).toBeLessThan(30_000);
    const first = await get('all?limit=1&includeEnded=true');
    expect(first.body.events).toMatchObject([{ id: ids[2], state: 'ended' }]);
    const second = await get(`all?limit=1&includeEnded=true&cursor=${first.body.next}`);
    expect(second.body.events).toMatchObject([{ id: ids[1] }]);
  });

  test.each([['all?limit=0'], ['all?limit=x'], ['all?cursor=-1'], ['all?unknown=1'], ['all?limit=1&limit=2']])(
    '%s is BAD_INPUT',
    async (route) => expect(await get(route)).toMatchObject({ status: 400, body: { code: 'BAD_INPUT' } }),
  );

  test('are shown one by one; an id that does not exist or cannot is NOT_FOUND', async () => {
    const id = await addEvent();
    expect(await get(id)).toMatchObject({ status: 200, body: { event: { id, available: 10 } } });
    for (const unknown of ['999999', 'abc', '1abc', '-1', '0', '99999999999999999999999', '%27%20OR%201=1', 'a%00b'])
      for (const route of [unknown, `access/${unknown}`, `order/${unknown}`])
        expect({ route, ...(await get(route)) }).toMatchObject({ route, status: 404, body: { code: 'NOT_FOUND' } });
  });

  test('say whether the user may buy, and why not', async () => {
    const open = await addEvent([{ name: 'base', rule: { age: { min: 18 } } }]);
    const closed = await addEvent([{ name: 'base', rule: { workStatus: { not: ['employed'] } } }]);
    expect(await get(`access/${open}`)).toMatchObject({ status: 200, body: { eligible: true, reason: null } });
    expect(await get(`access/${closed}`)).toMatchObject({
      status: 200,
      body: { eligible: false, reason: 'not for the work status employed' },
    });
  });

  test('show the user their own orders, those on their way included', async () => {
    const eventId = await addEvent();
    const { userId, token: buyer } = await register();
    const orderId = `${eventId}-01ARZ3NDEKTSV4RRFFQ69G5FAV`;
    await redis.client.hset(redis.keys.buyers(eventId), userId, `1;t1=${orderId}=1`);
    await redis.client.hset(redis.keys.pending(eventId), orderId, `${userId},1,${Date.now()},1,100,1,t1`);
    const own = await ask('GET', `${user.url}/users/spike/order/${eventId}`, { token: buyer });
    expect(own).toMatchObject({ status: 200, body: { orders: [{ id: orderId, state: 'pending', userId }] } });
    expect(await get(`order/${eventId}`)).toMatchObject({ status: 200, body: { orders: [] } });
  });
});

describe('the user service', () => {
  test('answers unknown routes and methods as JSON, with what is allowed', async () => {
    expect(await ask('GET', `${user.url}/users/nothing`)).toMatchObject({
      status: 404,
      body: { code: 'ROUTE_NOT_FOUND' },
    });
    expect(await ask('GET', `${user.url}/%E0%A4%A`)).toMatchObject({ status: 404, body: { code: 'ROUTE_NOT_FOUND' } });
    expect(await ask('GET', `${user.url}/..%2f..%2fetc/passwd`)).toMatchObject({ status: 404 });
    const wrong = await ask('DELETE', `${user.url}/users/login`);
    expect(wrong).toMatchObject({ status: 405, body: { code: 'METHOD_NOT_ALLOWED' } });
    expect(wrong.headers.get('allow')).toBe('POST');
  });

  test('gives every answer an id, a sane one of the client kept', async () => {
    const given = await ask('GET', `${user.url}/users/nothing`, { headers: { 'x-request-id': 'check-0001' } });
    expect(given.headers.get('x-request-id')).toBe('check-0001');
    expect(given.body.requestId).toBe('check-0001');
    const odd = await ask('GET', `${user.url}/users/nothing`, { headers: { 'x-request-id': '"><script>' } });
    expect(odd.body.requestId).toMatch(/^[A-Za-z0-9]+-[a-z0-9]+$/);
  });

  test('serves the page with a policy that lets nothing else in', async () => {
    const index = await ask('GET', `${user.url}/`);
    expect(index.status).toBe(200);
    expect(index.body).toContain('<title>sale</title>');
    expect(index.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(index.headers.get('x-content-type-options')).toBe('nosniff');
    const bare = await serve(createUserService, testConfig(stores));
    expect(await ask('GET', `${bare.url}/`)).toMatchObject({ status: 404, body: { code: 'ROUTE_NOT_FOUND' } });
    await bare.stop();
  });

  test('counts its answers', async () => {
    const { body } = await ask('GET', `${user.url}/metrics`);
    expect(body).toMatch(/http_requests_total\{method="POST",route="\/users\/login",status="401",[^}]*\} [1-9]/);
    expect(body).toMatch(/http_refusals_total\{[^}]*code="BAD_CREDENTIALS"/);
    expect(body).toMatch(/http_request_duration_seconds_bucket\{[^}]*le="\+Inf"/);
    expect(body).toContain('nodejs_eventloop_lag_p99_seconds');
    expect(await ask('GET', `${user.url}/healthz`)).toMatchObject({ status: 200 });
    expect(await ask('GET', `${user.url}/readyz`)).toMatchObject({ status: 200, body: { stores: ['mysql', 'redis'] } });
  });

  test('knows the tokens of no other deployment', () => {
    const other = createTokens({
      audience: 'shopper',
      secret: 'y'.repeat(40),
      lifetimeSeconds: 60,
      refreshWindowSeconds: 60,
    });
    expect(() => other.verify(other.issue({ id: '1', role: 'shopper' }).token)).not.toThrow();
    expect(() => other.verifyForRefresh(jwt.sign({}, 'z'.repeat(40)))).toThrow('not valid here');
  });
});
