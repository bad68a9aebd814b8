import { createDecipheriv } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { QueryTypes } from 'sequelize';
import { createAccessService } from '../../src/services/access/createAccessService.js';
import { createAdminService } from '../../src/services/admin/createAdminService.js';
import { createUserService } from '../../src/services/user/createUserService.js';
import { ensureAdmin } from '../../src/stores/mysql/admins.js';
import type { NewUserOutcome } from '../../src/domain/wire.js';
import { ask } from '../helpers/ask.js';
import { openSale, type Sale } from '../helpers/openSale.js';
import { openStores, type TestStores } from '../helpers/openStores.js';
import { serve, testConfig, type Served } from '../helpers/serve.js';

const PASSWORD = 'a long password';
const CHEAP = { logN: 4, r: 8, p: 1 };

let stores: TestStores;
let closeStores: () => Promise<void>;
let admin: Served;
let access: Served;
let user: Served;
let sale: Sale;
const tokens: Record<string, string> = {};
let phones = 0;

beforeAll(async () => {
  ({ stores, close: closeStores } = await openStores());
  const config = testConfig(stores, { addressBurst: 1_000 });
  access = await serve(createAccessService, config);
  user = await serve(createUserService, { ...config, accessUrl: access.url });
  admin = await serve(createAdminService, config);
  sale = await openSale(stores, { spike: '', order: '' }, config);
  for (const [username, role] of [
    ['olga', 'operator'],
    ['vera', 'viewer'],
  ] as const) {
    await ensureAdmin(stores.sequelize, { username, password: PASSWORD, role, cost: CHEAP });
    const answer = await ask('POST', `${admin.url}/admin/login`, { body: { username, password: PASSWORD } });
    tokens[username] = answer.body.token;
  }
});

afterAll(async () => {
  await sale.close();
  for (const service of [admin, user, access]) await service.stop();
  await closeStores();
});

const newPhone = () => `+4917100${String((phones += 1)).padStart(5, '0')}`;

function call(method: string, route: string, { as = 'olga', body }: { as?: string; body?: unknown } = {}) {
  return ask(method, `${admin.url}/admin/${route}`, { token: tokens[as], body });
}

function logIn(phone: string, password: string) {
  return ask('POST', `${user.url}/users/login`, { body: { phone, password } });
}

async function create(fields: Record<string, unknown> = {}) {
  const body = { phone: newPhone(), password: 'correct horse', ...fields };
  return (await call('POST', 'users', { body })).body.user;
}

async function records(action: string) {
  const { entries } = (await call('GET', 'audit-log?limit=100')).body;
  return entries.filter((entry: { action: string }) => entry.action === action);
}

describe('a user made by staff', () => {
  test('can log in, and is written down without password, hash or national id', async () => {
    const phone = newPhone();
    const made = await call('POST', 'users', {
      body: {
        phone: ` ${phone.slice(0, 3)} ${phone.slice(3)}`,
        password: 'correct horse',
        name: 'Anna',
        birthDate: '1990-02-28',
        workStatus: 'employed',
        nationalId: 'AB 123-4567',
      },
    });
    expect(made).toMatchObject({
      status: 201,
      body: { user: { phone, name: 'Anna', birthDate: '1990-02-28', nationalId: '…4567', blockedAt: null } },
    });
    expect(await logIn(phone, 'correct horse')).toMatchObject({ status: 200 });
    const [record] = await records('user.create');
    expect(record).toMatchObject({
      actor: 'olga',
      targetType: 'user',
      targetId: made.body.user.id,
      before: null,
      after: { phone, name: 'Anna', birthDate: '1990-02-28', workStatus: 'employed', nationalId: '…4567' },
    });
    for (const text of [JSON.stringify(record), JSON.stringify(made.body)])
      expect(text).not.toMatch(/correct horse|scrypt|AB 123/);
  });

  test('has the national id encrypted as one who registered has', async () => {
    const { id } = await create({ nationalId: 'XY-998877' });
    const [row] = await stores.sequelize.query<{ sealed: Buffer }>(
      'SELECT national_id_encrypted AS sealed FROM users WHERE id = ?',
      { replacements: [id], type: QueryTypes.SELECT },
    );
    const sealed = row!.sealed;
    const decipher = createDecipheriv(
      'aes-256-gcm',
      Buffer.from(admin.config.nationalIdKey, 'hex'),
      sealed.subarray(1, 13),
    );
    decipher.setAuthTag(sealed.subarray(13, 29));
    expect(decipher.update(sealed.subarray(29), undefined, 'utf8') + decipher.final('utf8')).toBe('XY-998877');
  });

  test('is refused for a phone number that is registered, and leaves that user as they are', async () => {
    const { phone } = await create();
    expect(await call('POST', 'users', { body: { phone, password: 'another one' } })).toMatchObject({
      status: 409,
      body: { code: 'PHONE_TAKEN' },
    });
    expect(await logIn(phone, 'correct horse')).toMatchObject({ status: 200 });
    expect(await logIn(phone, 'another one')).toMatchObject({ status: 401 });
  });

  test.each([
    ['a phone that is none', { phone: 'abc' }, 'phone'],
    ['a short password', { password: 'short' }, 'password'],
    ['a birth date to come', { birthDate: '2999-01-01' }, 'birthDate'],
    ['a birth date that is none', { birthDate: '1990-02-30' }, 'birthDate'],
    ['an empty name', { name: ' ' }, 'name'],
    ['a national id that is too short', { nationalId: '12' }, 'nationalId'],
    ['a field that nobody knows', { role: 'admin' }, 'role'],
  ])('is refused with %s, as at the registration', async (_what, fields, path) => {
    const body = { phone: newPhone(), password: 'correct horse', ...fields };
    const refused = { status: 400, body: { code: 'BAD_INPUT', issues: [{ path }] } };
    expect(await call('POST', 'users', { body })).toMatchObject(refused);
    expect(await ask('POST', `${user.url}/users/register`, { body })).toMatchObject(refused);
  });
});

describe('many users in one request', () => {
  const rows = (count: number) =>
    Array.from({ length: count }, () => ({ phone: newPhone(), password: 'correct horse' }));

  test('are made once, however often it is sent, each with a record of their own', async () => {
    const users = rows(4);
    const before = (await records('user.create')).length;
    const made = await call('POST', 'users/bulk', { body: { users } });
    expect(made).toMatchObject({ status: 200, body: { dryRun: false, created: 4, existing: 0 } });
    expect(made.body.users.map((one: NewUserOutcome) => one.phone)).toEqual(users.map(({ phone }) => phone));
    const again = await call('POST', 'users/bulk', { body: { users: [...users, ...rows(1)] } });
    expect(again.body).toMatchObject({ created: 1, existing: 4 });
    expect(again.body.users.slice(0, 4)).toEqual(
      made.body.users.map((one: NewUserOutcome) => ({ ...one, isNew: false })),
    );
    expect((await records('user.create')).length).toBe(before + 5);
    expect(await logIn(users[3]!.phone, 'correct horse')).toMatchObject({ status: 200 });
  });

  test('sent twice at the same time are made once', async () => {
    const users = rows(6);
    const answers = await Promise.all([1, 2, 3].map(() => call('POST', 'users/bulk', { body: { users } })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers.reduce((sum, { body }) => sum + body.created, 0)).toBe(6);
    for (const { body } of answers)
      expect(body.users.map((one: NewUserOutcome) => one.id)).toEqual(
        answers[0]!.body.users.map((one: NewUserOutcome) => one.id),
      );
  });

  test('are only looked up in a dry run', async () => {
    const users = rows(2);
    const { phone } = await create();
    const body = { users: [...users, { phone, password: 'correct horse' }], dryRun: true };
    const answer = await call('POST', 'users/bulk', { body });
    expect(answer.body).toMatchObject({ dryRun: true, created: 2, existing: 1 });
    expect(answer.body.users[0]).toEqual({ phone: users[0]!.phone, id: null, isNew: true });
    expect(await logIn(users[0]!.phone, 'correct horse')).toMatchObject({ status: 401 });
  });

  test.each([
    ['none', () => [], 'users'],
    ['too many', () => rows(201), 'users'],
    ['a bad one among good ones', () => [...rows(1), { phone: 'abc', password: 'correct horse' }], 'users[1].phone'],
    [
      'one phone number twice',
      () => [
        rows(1)[0],
        { ...rows(1)[0], phone: `+49 17100${'9'.repeat(5)}` },
        { phone: '+491710099999', password: 'correct horse' },
      ],
      'users',
    ],
  ])('with %s are refused whole', async (_what, users, path) => {
    const before = (await records('user.create')).length;
    expect(await call('POST', 'users/bulk', { body: { users: users() } })).toMatchObject({
      status: 400,
      body: { code: 'BAD_INPUT', issues: expect.arrayContaining([expect.objectContaining({ path })]) },
    });
    expect((await records('user.create')).length).toBe(before);
  });
});

describe('blocking a user', () => {
  test('locks the account and enters the deny list in one step, and unblocking lifts both', async () => {
    const eventId = await sale.event({ rule: [{ name: 'untrustworthy', rule: {} }] });
    const { id, phone } = await create();
    const { token } = (await logIn(phone, 'correct horse')).body;
    const mayBuy = async () => (await ask('GET', `${user.url}/users/spike/access/${eventId}`, { token })).body.eligible;
    expect(await mayBuy()).toBe(true);

    const blocked = await call('POST', `users/${id}/block`, { body: { reason: 'bought for resale', deny: true } });
    expect(blocked.body.user).toMatchObject({
      blockedAt: expect.any(String),
      blockedBy: 'olga',
      blockedReason: 'bought for resale',
      deniedReason: 'bought for resale',
    });
    expect(await logIn(phone, 'correct horse')).toMatchObject({ status: 403, body: { code: 'BLOCKED' } });
    expect(await mayBuy()).toBe(false);
    expect((await records('user.block'))[0]).toMatchObject({
      actor: 'olga',
      targetId: id,
      before: { blockedAt: null, blockedBy: null, blockedReason: null, deniedReason: null },
      after: { blockedBy: 'olga', blockedReason: 'bought for resale', deniedReason: 'bought for resale' },
    });

    const free = await call('DELETE', `users/${id}/block?deny=true`);
    expect(free.body.user).toMatchObject({
      blockedAt: null,
      blockedBy: null,
      blockedReason: null,
      deniedReason: null,
    });
    expect(await logIn(phone, 'correct horse')).toMatchObject({ status: 200 });
    expect(await mayBuy()).toBe(true);
  });

  test('without more touches the lock alone, as does lifting it', async () => {
    const { id } = await create();
    await call('POST', `users/${id}/deny`, { body: { reason: 'bots' } });
    const blocked = await call('POST', `users/${id}/block`);
    expect(blocked.body.user).toMatchObject({ blockedBy: 'olga', blockedReason: null, deniedReason: 'bots' });
    const free = await call('DELETE', `users/${id}/block`);
    expect(free.body.user).toMatchObject({ blockedAt: null, deniedReason: 'bots' });
  });

  test('again keeps the time of the first block and writes only what changed', async () => {
    const { id } = await create();
    const first = (await call('POST', `users/${id}/block`, { body: { reason: 'one' } })).body.user;
    const count = (await records('user.block')).length;
    const same = (await call('POST', `users/${id}/block`, { body: { reason: 'one' } })).body.user;
    expect(same).toEqual(first);
    expect((await records('user.block')).length).toBe(count);
    const other = (await call('POST', `users/${id}/block`, { body: { reason: 'two' } })).body.user;
    expect(other).toMatchObject({ blockedAt: first.blockedAt, blockedReason: 'two' });
    expect((await records('user.block')).length).toBe(count + 1);
  });

  test('with an entry in the deny list needs a reason', async () => {
    const { id } = await create();
    expect(await call('POST', `users/${id}/block`, { body: { deny: true } })).toMatchObject({
      status: 400,
      body: { issues: [{ path: 'reason' }] },
    });
    expect((await call('GET', `users/${id}`)).body.user.blockedAt).toBeNull();
  });

  test('of a user that is not there is NOT_FOUND', async () => {
    for (const id of ['999999', 'abc', '0'])
      expect(await call('POST', `users/${id}/block`, { body: { reason: 'x', deny: true } })).toMatchObject({
        status: 404,
        body: { code: 'NOT_FOUND' },
      });
  });
});

describe('the list of users', () => {
  test('shows those who are blocked or denied, or are not', async () => {
    const [plain, locked, denied] = [await create(), await create(), await create()];
    await call('POST', `users/${locked.id}/block`);
    await call('POST', `users/${denied.id}/deny`, { body: { reason: 'bots' } });
    const list = async (filter: string) =>
      (await call('GET', `users?limit=100&${filter}`, { as: 'vera' })).body.users.map(({ id }: { id: string }) => id);
    expect(await list('blocked=true')).toContain(locked.id);
    expect(await list('blocked=true')).not.toContain(plain.id);
    expect(await list('denied=true')).toContain(denied.id);
    expect(await list('denied=true')).not.toContain(locked.id);
    expect(await list('blocked=false')).toEqual(expect.arrayContaining([plain.id, denied.id]));
    expect(await list('blocked=false&denied=false')).not.toContain(denied.id);
    expect(await call('GET', 'users?blocked=maybe')).toMatchObject({ status: 400 });
  });
});

test('who may only look makes and blocks nobody', async () => {
  const { id, phone } = await create();
  const before = (await records('user.create')).length;
  const body = { phone: newPhone(), password: 'correct horse' };
  for (const answer of [
    await call('POST', 'users', { as: 'vera', body }),
    await call('POST', 'users/bulk', { as: 'vera', body: { users: [body] } }),
    await call('POST', `users/${id}/block`, { as: 'vera', body: { reason: 'x', deny: true } }),
  ])
    expect(answer).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  expect(await logIn(body.phone, 'correct horse')).toMatchObject({ status: 401 });
  expect(await logIn(phone, 'correct horse')).toMatchObject({ status: 200 });
  expect((await records('user.create')).length).toBe(before);
});
