import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createAdminService } from '../../src/services/admin/createAdminService.js';
import type { StaffRole } from '../../src/domain/staffRole.js';
import { ensureAdmin } from '../../src/stores/mysql/admins.js';
import { insertUser } from '../../src/stores/mysql/users.js';
import { ask } from '../helpers/ask.js';
import { openStores, type TestStores } from '../helpers/openStores.js';
import { serve, testConfig, type Served } from '../helpers/serve.js';

let stores: TestStores;
let closeStores: () => Promise<void>;
let admin: Served;
/** Born in 1990, without a work status. */
let userId: string;
const tokens = {} as Record<StaffRole, string>;

const PASSWORD = 'a long password';
const CHEAP = { logN: 4, r: 8, p: 1 };
const NOT_KNOWN = 'the condition asks for what is not known of the event yet';

/** No event exists in this deployment. */
beforeAll(async () => {
  ({ stores, close: closeStores } = await openStores());
  admin = await serve(createAdminService, testConfig(stores, { addressBurst: 1_000 }));
  for (const role of ['viewer', 'operator'] as const) {
    await ensureAdmin(stores.sequelize, { username: role, password: PASSWORD, role, cost: CHEAP });
    const body = { username: role, password: PASSWORD };
    tokens[role] = (await ask('POST', `${admin.url}/admin/login`, { body })).body.token;
  }
  const inserted = await insertUser(stores.sequelize, {
    phone: '+491601000001',
    name: 'Anna',
    passwordHash: '-',
    birthDate: '1990-01-01',
    workStatus: null,
    nationalIdEncrypted: null,
    nationalIdLast4: null,
  });
  userId = inserted!;
});

afterAll(async () => {
  await admin.stop();
  await closeStores();
});

function call(route: string, body: unknown, role: StaffRole = 'viewer') {
  return ask('POST', `${admin.url}/admin/${route}`, { token: tokens[role], body });
}

function check(rule: unknown, event?: unknown) {
  return call('rules/check', { userId, rule, ...(event === undefined ? {} : { event }) });
}

function condition(expression: string) {
  return [{ name: 'expression', rule: { expression } }];
}

describe('a check of a rule for an event that is not made yet', () => {
  test('gives the verdict of every link, without any event, to a viewer', async () => {
    const expression = 'user.age >= 18 && event.priceCents < 5000';
    const { status, body } = await check(
      [{ name: 'untrustworthy' }, { name: 'expression', rule: expression }, { name: 'allowlist' }],
      { priceCents: 4_999 },
    );
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        status: 'success',
        eventId: null,
        userId,
        eligible: false,
        filter: 'allowlist',
        reason: 'nobody is on the list of this event yet',
        account: { passed: true, reason: null },
        links: [
          { name: 'untrustworthy', settings: {}, passed: true, reason: null },
          { name: 'expression', settings: { expression }, passed: true, reason: null },
          { name: 'allowlist', settings: {}, passed: false, reason: 'nobody is on the list of this event yet' },
        ],
      },
    });
    expect((await check([])).body).toMatchObject({ eligible: true, filter: null, reason: null, links: [] });
  });

  test.each([
    ['event.title == "Lamps"', { title: ' Lamps ' }, true],
    ['event.commodityId == "3"', { commodityId: '3' }, true],
    ['event.priceCents > 4999', { priceCents: 4_999 }, false],
    ['event.quantity >= 100', { quantity: 100 }, true],
    [
      'event.startsAt - user.registeredAt > duration("720h")',
      { startsAt: '2999-01-01T00:00:00+01:00', endsAt: '2999-01-01T00:00:00Z' },
      true,
    ],
    ['event.endsAt < timestamp("2999-01-01T00:00:00Z")', { endsAt: '2998-12-31T23:59:59Z' }, true],
  ])('decides %s by the draft %j', async (expression, event, eligible) => {
    expect((await check(condition(expression), event)).body).toMatchObject({ eligible });
  });

  test('refuses where a condition asks for what the draft does not have, and names it', async () => {
    const rule = condition('event.quantity > 5 && event.id == "7" && event.title != ""');
    expect((await check(rule, { title: 'Lamps' })).body).toMatchObject({
      eligible: false,
      filter: 'expression',
      reason: `${NOT_KNOWN}: quantity, id`,
    });
    expect((await check(condition('event.priceCents < 5000'))).body).toMatchObject({
      reason: `${NOT_KNOWN}: priceCents`,
    });
  });

  test('refuses a bad rule with the place of each fault', async () => {
    const rule = [{ name: 'expresion' }, { name: 'expression', rule: 'event.price < 5' }];
    expect(await check(rule)).toMatchObject({
      status: 400,
      body: {
        code: 'BAD_RULE',
        issues: [
          { path: '[0].name', message: expect.stringContaining('did you mean expression?') },
          { path: '[1].rule.expression', message: expect.stringContaining("event has no 'price'") },
        ],
      },
    });
    expect(await check('everybody')).toMatchObject({ status: 400, body: { code: 'BAD_RULE' } });
  });

  test.each([
    [{ title: '' }, 'event.title'],
    [{ priceCents: -1 }, 'event.priceCents'],
    [{ quantity: 0 }, 'event.quantity'],
    [{ startsAt: '2030-01-01' }, 'event.startsAt'],
    [{ startsAt: '2030-01-01T00:00:00Z', endsAt: '2030-01-01T00:00:00Z' }, 'event.endsAt'],
    [{ purchaseLimit: 2 }, 'event.purchaseLimit'],
    [{ id: '7' }, 'event.id'],
  ])('refuses the draft %j as making it would, with its place', async (event, path) => {
    expect(await check([], event)).toMatchObject({ status: 400, body: { code: 'BAD_INPUT', issues: [{ path }] } });
  });

  test('needs a user and a rule, and says that there is no such user', async () => {
    expect(await call('rules/check', { userId })).toMatchObject({
      status: 400,
      body: { code: 'BAD_INPUT', issues: [{ path: 'rule', message: 'is required' }] },
    });
    expect(await call('rules/check', { rule: [] })).toMatchObject({
      status: 400,
      body: { code: 'BAD_INPUT', issues: [{ path: 'userId', message: 'is required' }] },
    });
    expect(await call('rules/check', { userId: '999999', rule: [] })).toMatchObject({
      status: 404,
      body: { code: 'NOT_FOUND', reason: 'there is no user 999999' },
    });
  });

  test('of a blocked account says so beside the links', async () => {
    await call(`users/${userId}/block`, { reason: 'fraud' }, 'operator');
    expect((await check([])).body).toMatchObject({
      eligible: false,
      filter: 'account',
      account: { passed: false, reason: 'your account is blocked' },
    });
  });
});
