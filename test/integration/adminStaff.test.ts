import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createAdminService } from '../../src/services/admin/createAdminService.js';
import { createUserService } from '../../src/services/user/createUserService.js';
import { createAccessService } from '../../src/services/access/createAccessService.js';
import { ensureAdmin } from '../../src/stores/mysql/admins.js';
import type { StaffRole } from '../../src/domain/staffRole.js';
import type { StaffView } from '../../src/domain/wire.js';
import { ask, type Question } from '../helpers/ask.js';
import { openSale, type Sale } from '../helpers/openSale.js';
import { openStores, type TestStores } from '../helpers/openStores.js';
import { serve, testConfig, type Served } from '../helpers/serve.js';

const PASSWORD = 'a long password';
const CHEAP = { logN: 4, r: 8, p: 1 };

let stores: TestStores;
let closeStores: () => Promise<void>;
let admin: Served;
let user: Served;
let access: Served;
let sale: Sale;
const tokens = {} as Record<StaffRole, string>;

beforeAll(async () => {
  ({ stores, close: closeStores } = await openStores());
  const config = testConfig(stores, { addressBurst: 1_000, loginFailuresMax: 3 });
  access = await serve(createAccessService, config);
  user = await serve(createUserService, { ...config, accessUrl: access.url });
  admin = await serve(createAdminService, config);
  sale = await openSale(stores, { spike: '', order: '' }, config);
  for (const role of ['viewer', 'operator', 'admin'] as const) tokens[role] = await addStaff(role, role);
});

afterAll(async () => {
  await sale.close();
  for (const service of [admin, user, access]) await service.stop();
  await closeStores();
});

function call(method: string, route: string, { role = 'admin', ...question }: Question & { role?: StaffRole } = {}) {
  return ask(method, `${admin.url}/admin/${route}`, { token: tokens[role], ...question });
}

function login(username: string, password = PASSWORD) {
  return ask('POST', `${admin.url}/admin/login`, { body: { username, password } });
}

/** @returns a token of theirs */
async function addStaff(username: string, role: StaffRole): Promise<string> {
  await ensureAdmin(stores.sequelize, { username, password: PASSWORD, role, cost: CHEAP });
  return (await login(username)).body.token;
}

async function staffNamed(username: string): Promise<StaffView> {
  const { admins } = (await call('GET', 'admins')).body as { admins: StaffView[] };
  return admins.find((one) => one.username === username)!;
}

async function records(filter: string) {
  return (await call('GET', `audit-log?limit=100&${filter}`)).body.entries;
}

describe('the list of staff', () => {
  test('names everybody by name, the disabled too, and no password', async () => {
    const { status, body } = await call('GET', 'admins');
    expect(status).toBe(200);
    expect(body.admins.slice(0, 3)).toEqual(
      ['admin', 'operator', 'viewer'].map((name) => ({
        id: expect.any(String),
        username: name,
        role: name,
        disabledAt: null,
        createdAt: expect.any(String),
        passwordChangedAt: null,
      })),
    );
    expect(JSON.stringify(body)).not.toMatch(/scrypt|hash/i);
  });
});

describe('a new member of staff', () => {
  test.each([
    ['a name that is too short', { username: 'al' }, 'username'],
    ['a name with a blank', { username: 'al bert' }, 'username'],
    ['the name by which orders expire', { username: 'Expiry' }, 'username'],
    ['the name of shoppers in histories', { username: 'shopper' }, 'username'],
    ['a short password', { password: 'short' }, 'password'],
    ['a role that is none', { role: 'root' }, 'role'],
  ])('is refused with %s', async (_what, fields, path) => {
    const body = { username: 'albert', password: PASSWORD, role: 'viewer', ...fields };
    expect(await call('POST', 'admins', { body })).toMatchObject({
      status: 400,
      body: { code: 'BAD_INPUT', issues: [{ path }] },
    });
    expect(await staffNamed(body.username)).toBeUndefined();
  });
});

describe('a change of staff', () => {
  test('holds from the next request on, and is written down', async () => {
    const token = await addStaff('mover', 'operator');
    const { id } = await staffNamed('mover');
    const changed = await call('PUT', `admins/${id}`, { body: { role: 'viewer' } });
    expect(changed).toMatchObject({ status: 200, body: { admin: { id, role: 'viewer', disabledAt: null } } });
    expect(await call('POST', 'commodities', { token, body: { name: 'x' } })).toMatchObject({ status: 403 });

    await call('PUT', `admins/${id}`, { body: { disabled: true } });
    expect(await call('GET', 'me', { token })).toMatchObject({ status: 401, body: { code: 'TOKEN_INVALID' } });
    expect(await login('mover')).toMatchObject({ status: 403, body: { code: 'BLOCKED' } });
    const since = (await staffNamed('mover')).disabledAt;
    expect(since).toEqual(expect.any(String));
    await call('PUT', `admins/${id}`, { body: { disabled: true } });
    expect((await staffNamed('mover')).disabledAt).toBe(since);

    await call('PUT', `admins/${id}`, { body: { disabled: false } });
    expect(await call('GET', 'me', { token })).toMatchObject({ status: 200 });
    expect(await records(`targetType=admin&targetId=${id}&action=admin.change`)).toMatchObject([
      { before: { username: 'mover', disabled: true }, after: { disabled: false } },
      { before: { role: 'viewer', disabled: false }, after: { role: 'viewer', disabled: true } },
      { before: { role: 'operator', disabled: false }, after: { role: 'viewer', disabled: false } },
    ]);
  });

  test.each([
    ['without anything to change', {}],
    ['to a role that is none', { role: 'root' }],
    ['of the name', { username: 'other' }],
  ])('%s is refused', async (_what, body) => {
    const { id } = await staffNamed('viewer');
    expect(await call('PUT', `admins/${id}`, { body })).toMatchObject({ status: 400, body: { code: 'BAD_INPUT' } });
  });

  test('of somebody who is not there is NOT_FOUND', async () => {
    for (const id of ['999999', 'abc'])
      expect(await call('PUT', `admins/${id}`, { body: { role: 'viewer' } })).toMatchObject({ status: 404 });
  });

  test('never takes the last admin away: not by role, not by disabling, not by themselves', async () => {
    const { id } = await staffNamed('admin');
    for (const body of [{ role: 'operator' }, { disabled: true }])
      expect(await call('PUT', `admins/${id}`, { body })).toMatchObject({ status: 409, body: { code: 'LAST_ADMIN' } });
    // One who is disabled cannot manage anybody, and does not count.
    await addStaff('sleeper', 'admin');
    await call('PUT', `admins/${(await staffNamed('sleeper')).id}`, { body: { disabled: true } });
    expect(await call('PUT', `admins/${id}`, { body: { role: 'viewer' } })).toMatchObject({ status: 409 });
    expect(await call('GET', 'me')).toMatchObject({ body: { admin: { role: 'admin' } } });
  });

  test('by admins who demote or disable each other at the same moment leaves one', async () => {
    for (let round = 0; round < 8; round += 1) {
      const names = [`left${round}`, `right${round}`];
      const pair = await Promise.all(names.map((name) => addStaff(name, 'admin')));
      const ids = await Promise.all(names.map(async (name) => (await staffNamed(name)).id));
      const own = await staffNamed('admin');
      // The suite's own admin steps aside, so that these two are all there are.
      await call('PUT', `admins/${own.id}`, { token: pair[0], body: { role: 'operator' } });
      const body = round % 2 === 0 ? { role: 'viewer' } : { disabled: true };
      const answers = await Promise.all([
        call('PUT', `admins/${ids[1]}`, { token: pair[0], body }),
        call('PUT', `admins/${ids[0]}`, { token: pair[1], body }),
        call('PUT', `admins/${ids[1]}`, { token: pair[1], body }),
      ]);
      const done = answers.filter(({ status }) => status === 200);
      expect(done.length).toBeGreaterThan(0);
      for (const { status } of answers) expect([200, 401, 403, 409]).toContain(status);
      const survivors = await Promise.all(pair.map((token) => call('GET', 'admins', { token })));
      expect(survivors.filter(({ status }) => status === 200)).toHaveLength(1);
      const survivor = pair[survivors.findIndex(({ status }) => status === 200)]!;
      await call('PUT', `admins/${own.id}`, { token: survivor, body: { role: 'admin' } });
      for (const id of ids) await call('PUT', `admins/${id}`, { body: { disabled: true } });
    }
  });
});

describe('a password', () => {
  test('of one’s own is changed by the old one, and every token from before is void at once', async () => {
    const token = await addStaff('paula', 'operator');
    const other = (await login('paula')).body.token;
    const body = { oldPassword: PASSWORD, newPassword: 'a newer password' };
    const changed = await call('PUT', 'me/password', { token, body });
    expect(changed).toMatchObject({ status: 200, body: { role: 'operator', token: expect.any(String) } });
    for (const old of [token, other]) {
      expect(await call('GET', 'me', { token: old })).toMatchObject({ status: 401, body: { code: 'TOKEN_INVALID' } });
      expect(await call('GET', 'auth/refresh_token', { token: old })).toMatchObject({ status: 401 });
    }
    const fresh = changed.body.token;
    expect(await call('GET', 'me', { token: fresh })).toMatchObject({ body: { admin: { username: 'paula' } } });
    const renewed = await call('GET', 'auth/refresh_token', { token: fresh });
    expect(await call('GET', 'me', { token: renewed.body.token })).toMatchObject({ status: 200 });
    expect(await login('paula')).toMatchObject({ status: 401 });
    expect(await login('paula', 'a newer password')).toMatchObject({ status: 200 });
  });

  test('is not changed by a wrong old one, and guesses at it are counted as at the login', async () => {
    const token = await addStaff('guarded', 'viewer');
    const body = { oldPassword: 'wrong', newPassword: 'a newer password' };
    for (let guess = 0; guess < 3; guess += 1)
      expect(await call('PUT', 'me/password', { token, body })).toMatchObject({
        status: 401,
        body: { code: 'BAD_CREDENTIALS' },
      });
    expect(await call('PUT', 'me/password', { token, body })).toMatchObject({ status: 429 });
    expect(await call('GET', 'me', { token })).toMatchObject({ status: 200 });
  });

  test('changed twice at once by the same old one is changed once', async () => {
    const token = await addStaff('twin', 'viewer');
    const passwords = ['the first of two', 'the second of two'];
    const answers = await Promise.all(
      passwords.map((newPassword) =>
        call('PUT', 'me/password', { token, body: { oldPassword: PASSWORD, newPassword } }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    const winner = passwords[answers.findIndex(({ status }) => status === 200)]!;
    expect(await login('twin', winner)).toMatchObject({ status: 200 });
  });

  test('of others is set by an admin, who must know their own to change it', async () => {
    const token = await addStaff('forgetful', 'viewer');
    const { id } = await staffNamed('forgetful');
    const set = await call('PUT', `admins/${id}/password`, { body: { password: 'set by an admin' } });
    expect(set).toMatchObject({ status: 200, body: { admin: { id, passwordChangedAt: expect.any(String) } } });
    expect(await call('GET', 'me', { token })).toMatchObject({ status: 401 });
    expect(await login('forgetful', 'set by an admin')).toMatchObject({ status: 200 });
    const own = await staffNamed('admin');
    expect(await call('PUT', `admins/${own.id}/password`, { body: { password: 'x'.repeat(12) } })).toMatchObject({
      status: 400,
      body: { issues: [{ path: 'id' }] },
    });
    expect(await call('PUT', 'admins/999999/password', { body: { password: 'x'.repeat(12) } })).toMatchObject({
      status: 404,
    });
  });

  test('stands in no record, and neither does a hash', async () => {
    const { id } = await staffNamed('forgetful');
    const found = await records(`targetType=admin&targetId=${id}`);
    expect(found[0]).toMatchObject({
      actor: 'admin',
      action: 'admin.password',
      before: { username: 'forgetful', passwordChangedAt: null },
      after: { passwordChangedAt: expect.any(String) },
    });
    expect(JSON.stringify(await records(''))).not.toMatch(/scrypt|set by an admin|a newer password|a long password/);
  });
});

describe('the audit log', () => {
  test('is filtered by who, what, on which and since when, page by page', async () => {
    const made = async (name: string, role: StaffRole) =>
      (await call('POST', 'commodities', { role, body: { name } })).body.commodity.id as string;
    const first = await made('first', 'operator');
    const second = await made('second', 'admin');
    await call('PUT', `commodities/${first}`, { body: { name: 'renamed' } });
    const names = async (filter: string) =>
      (await records(filter)).map((entry: { action: string; targetId: string }) => `${entry.action} ${entry.targetId}`);
    expect(await names(`targetType=commodity&targetId=${first}`)).toEqual([
      `commodity.change ${first}`,
      `commodity.create ${first}`,
    ]);
    expect(await names('targetType=commodity&actor=operator')).toEqual([`commodity.create ${first}`]);
    expect(await names('action=commodity.create&actor=admin')).toEqual([`commodity.create ${second}`]);
    const [change] = await records(`targetType=commodity&targetId=${first}`);
    expect(await names(`since=${change.at}&targetType=commodity`)).toEqual([`commodity.change ${first}`]);
    expect(await names('since=2999-01-01T00:00:00Z')).toEqual([]);

    const page = (await call('GET', 'audit-log?limit=1&targetType=commodity')).body;
    expect(page.entries).toHaveLength(1);
    const next = (await call('GET', `audit-log?limit=1&targetType=commodity&cursor=${page.next}`)).body;
    expect(Number(next.entries[0].id)).toBeLessThan(Number(page.entries[0].id));
    expect(await call('GET', 'audit-log?since=yesterday')).toMatchObject({ status: 400 });
    expect(await call('GET', 'audit-log?who=ann')).toMatchObject({ status: 400 });
  });
});

describe('a commodity', () => {
  async function sold(): Promise<{ commodityId: string; eventId: string }> {
    const body = { name: `lamp ${Math.random()}`, description: 'brass' };
    const commodityId = (await call('POST', 'commodities', { body })).body.commodity.id;
    return { commodityId, eventId: await sale.event({ commodityId }) };
  }

  test('that gets another name shows it to shoppers and staff wherever it is sold', async () => {
    const { commodityId, eventId } = await sold();
    const before = (await call('GET', `spike/${eventId}`)).body.event.commodity;
    const name = `chandelier ${commodityId}`;
    const changed = await call('PUT', `commodities/${commodityId}`, { role: 'operator', body: { name } });
    expect(changed).toMatchObject({
      status: 200,
      body: { commodity: { id: commodityId, name, description: 'brass' } },
    });
    const expected = { id: commodityId, name, description: 'brass' };
    expect((await call('GET', `spike/${eventId}`)).body.event.commodity).toEqual(expected);
    const [shopper] = await sale.shoppers(1);
    expect(
      (await ask('GET', `${user.url}/users/spike/${eventId}`, { token: shopper!.token })).body.event.commodity,
    ).toEqual(expected);
    expect(await records(`targetType=commodity&targetId=${commodityId}&action=commodity.change`)).toMatchObject([
      { before: { name: before.name, description: 'brass' }, after: { name, description: 'brass' } },
    ]);
  });

  test('loses its description with null, and keeps what is not named', async () => {
    const { commodityId } = await sold();
    const { commodity } = (await call('PUT', `commodities/${commodityId}`, { body: { description: null } })).body;
    expect(commodity).toMatchObject({ description: null, name: expect.stringContaining('lamp') });
    const count = (await records(`targetId=${commodityId}`)).length;
    await call('PUT', `commodities/${commodityId}`, { body: { description: null } });
    expect((await records(`targetId=${commodityId}`)).length).toBe(count);
  });

  test('cannot take the name of another', async () => {
    const [one, other] = [await sold(), await sold()];
    const { name } = (await call('GET', `spike/${other.eventId}`)).body.event.commodity;
    expect(await call('PUT', `commodities/${one.commodityId}`, { body: { name } })).toMatchObject({
      status: 409,
      body: { code: 'NAME_TAKEN' },
    });
  });

  test.each([[{}], [{ name: ' ' }], [{ name: null }], [{ price: 1 }]])('is not changed by %j', async (body) => {
    const { commodityId } = await sold();
    expect(await call('PUT', `commodities/${commodityId}`, { body })).toMatchObject({ status: 400 });
  });

  test('that an event sells stays, also when the event is deleted; one that none sold goes', async () => {
    const { commodityId, eventId } = await sold();
    expect(await call('DELETE', `commodities/${commodityId}`)).toMatchObject({
      status: 409,
      body: { code: 'COMMODITY_IN_USE', eventIds: [eventId], deletedEvents: 0 },
    });
    expect(await call('DELETE', `spike/${eventId}`)).toMatchObject({ status: 200 });
    expect(await call('DELETE', `commodities/${commodityId}`)).toMatchObject({
      status: 409,
      body: { code: 'COMMODITY_IN_USE', eventIds: [], deletedEvents: 1 },
    });
    const { id } = (await call('POST', 'commodities', { body: { name: 'spare' } })).body.commodity;
    expect(await call('DELETE', `commodities/${id}`, { role: 'operator' })).toMatchObject({
      status: 200,
      body: { id },
    });
    expect(await call('DELETE', `commodities/${id}`)).toMatchObject({ status: 404 });
    expect((await records(`targetType=commodity&targetId=${id}`))[0]).toMatchObject({
      actor: 'operator',
      action: 'commodity.delete',
      before: { name: 'spare' },
      after: null,
    });
  });

  test('of an id that is not there is NOT_FOUND', async () => {
    for (const id of ['999999', 'abc', '0']) {
      expect(await call('PUT', `commodities/${id}`, { body: { name: 'x' } })).toMatchObject({ status: 404 });
      expect(await call('DELETE', `commodities/${id}`)).toMatchObject({ status: 404 });
    }
  });
});
