import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createAccessService } from '../../src/services/access/createAccessService.js';
import { createAdminService } from '../../src/services/admin/createAdminService.js';
import { createSpikeService } from '../../src/services/spike/createSpikeService.js';
import type { StaffRole } from '../../src/domain/staffRole.js';
import { ensureAdmin } from '../../src/stores/mysql/admins.js';
import { insertUser } from '../../src/stores/mysql/users.js';
import { ask, type Question } from '../helpers/ask.js';
import { openSale, type Sale } from '../helpers/openSale.js';
import { openStores, type TestStores } from '../helpers/openStores.js';
import { serve, testConfig, type Served } from '../helpers/serve.js';

let stores: TestStores;
let closeStores: () => Promise<void>;
let admin: Served;
let access: Served;
let spike: Served;
let sale: Sale;
let commodityId: string;
let lastPhone = 0;
const tokens = {} as Record<StaffRole, string>;

const PASSWORD = 'a long password';
const CHEAP = { logN: 4, r: 8, p: 1 };

beforeAll(async () => {
  ({ stores, close: closeStores } = await openStores());
  const config = testConfig(stores, { addressBurst: 1_000 });
  admin = await serve(createAdminService, config);
  access = await serve(createAccessService, config);
  spike = await serve(createSpikeService, { ...config, accessUrl: access.url });
  sale = await openSale(stores, { spike: spike.url, order: spike.url }, config);
  for (const role of ['viewer', 'operator', 'admin'] as const) {
    await ensureAdmin(stores.sequelize, { username: role, password: PASSWORD, role, cost: CHEAP });
    const body = { username: role, password: PASSWORD };
    tokens[role] = (await ask('POST', `${admin.url}/admin/login`, { body })).body.token;
  }
  commodityId = (await call('POST', 'commodities', { body: { name: 'lamp' } })).body.commodity.id;
});

afterAll(async () => {
  await sale.close();
  await spike.stop();
  await access.stop();
  await admin.stop();
  await closeStores();
});

function call(method: string, route: string, { role = 'operator', ...question }: Question & { role?: StaffRole } = {}) {
  return ask(method, `${admin.url}/admin/${route}`, { token: tokens[role], ...question });
}

async function addEvent(fields: Record<string, unknown> = {}): Promise<string> {
  const { status, body } = await call('POST', 'spike/add', {
    body: {
      title: 'lamps',
      commodityId,
      priceCents: 4_999,
      quantity: 100,
      startsAt: new Date(Date.now() + 3_600_000).toISOString(),
      endsAt: new Date(Date.now() + 7_200_000).toISOString(),
      ...fields,
    },
  });
  expect({ status, body }).toMatchObject({ status: 201 });
  return body.event.id;
}

/** Born in 1990, without a work status. */
async function addUser(fields: { birthDate?: string | null } = {}): Promise<{ userId: string; phone: string }> {
  const phone = `+49160${1_000_000 + (lastPhone += 1)}`;
  const userId = await insertUser(stores.sequelize, {
    phone,
    name: 'Anna',
    passwordHash: '-',
    birthDate: '1990-01-01',
    workStatus: null,
    nationalIdEncrypted: null,
    nationalIdLast4: null,
    ...fields,
  });
  return { userId: userId!, phone };
}

/** What the access service decides, which the spike service asks before it hands out a ticket. */
async function decisions(pairs: { userId: string; eventId: string }[]) {
  const answer = await ask('POST', `${access.url}/access/check`, {
    token: access.config.serviceToken,
    body: { pairs },
  });
  expect(answer).toMatchObject({ status: 200, body: { undecided: [] } });
  return answer.body.decisions;
}

async function decision(userId: string, eventId: string) {
  return (await decisions([{ userId, eventId }]))[0];
}

async function lastRecord() {
  return (await call('GET', 'audit-log?limit=1')).body.entries[0];
}

describe('the filters', () => {
  test('are described for whoever writes rules, also for a viewer', async () => {
    const { status, body } = await call('GET', 'rules/filters', { role: 'viewer' });
    expect(status).toBe(200);
    expect(body.filters.map(({ name }: { name: string }) => name)).toEqual([
      'base',
      'untrustworthy',
      'allowlist',
      'registeredBefore',
      'expression',
    ]);
    expect(body.filters[3]).toEqual({
      name: 'registeredBefore',
      description: expect.any(String),
      schema: {
        type: 'object',
        properties: { time: expect.objectContaining({ type: 'string', format: 'date-time' }) },
        required: ['time'],
        additionalProperties: false,
      },
      example: { name: 'registeredBefore', rule: { time: expect.any(String) } },
    });
  });

  test('make rules that an event keeps as they were meant', async () => {
    const rule = [
      { name: 'allowlist' },
      { name: 'registeredBefore', rule: '{"time":"2099-01-01T00:00:00Z"}' },
      { name: 'expression', rule: 'user.age >= 18' },
    ];
    const eventId = await addEvent({ rule });
    expect((await call('GET', `spike/${eventId}`)).body.event.rule).toEqual([
      { name: 'allowlist', rule: {} },
      { name: 'registeredBefore', rule: { time: '2099-01-01T00:00:00Z' } },
      { name: 'expression', rule: { expression: 'user.age >= 18' } },
    ]);
  });

  test('refuse a bad rule with the place of each fault, and the event stays as it was', async () => {
    const eventId = await addEvent();
    const rule = [
      { name: 'expresion', rule: 'user.age >= 18' },
      { name: 'expression', rule: { expression: 'user.age >=\n user.agee' } },
      { name: 'registeredBefore', rule: { time: 'noon' } },
    ];
    const answer = await call('PUT', `spike/${eventId}`, { body: { rule } });
    expect(answer).toMatchObject({ status: 400, body: { code: 'BAD_RULE' } });
    expect(answer.body.issues).toEqual([
      { path: '[0].name', message: expect.stringContaining('did you mean expression?') },
      { path: '[1].rule.expression', message: expect.stringContaining("line 2:7: user has no 'agee'") },
      { path: '[2].rule.time', message: expect.any(String) },
    ]);
    expect((await call('GET', `spike/${eventId}`)).body.event).toMatchObject({ rule: [], ruleVersion: 1 });
  });
});

describe('a check of a rule', () => {
  test('gives the verdict of every link, as the access service decides', async () => {
    const { userId } = await addUser({ birthDate: null });
    const expression = 'user.age >= 18';
    const eventId = await addEvent({
      rule: [{ name: 'untrustworthy' }, { name: 'expression', rule: expression }, { name: 'allowlist' }],
    });
    const { status, body } = await call('POST', `spike/${eventId}/rule/check`, { role: 'viewer', body: { userId } });
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        status: 'success',
        eventId,
        userId,
        eligible: false,
        filter: 'expression',
        reason: 'your date of birth is not known',
        account: { passed: true, reason: null },
        links: [
          { name: 'untrustworthy', settings: {}, passed: true, reason: null },
          {
            name: 'expression',
            settings: { expression },
            passed: false,
            reason: 'your date of birth is not known',
          },
          { name: 'allowlist', settings: {}, passed: false, reason: 'you are not on the list of this event' },
        ],
      },
    });
    const { filter, reason } = body;
    expect(await decision(userId, eventId)).toMatchObject({ eligible: false, filter, reason });
  });

  test('asks a draft instead of the rule of the event, and keeps nothing of it', async () => {
    const { userId } = await addUser();
    const eventId = await addEvent({ rule: [{ name: 'allowlist' }] });
    const check = (rule?: unknown) =>
      call('POST', `spike/${eventId}/rule/check`, { body: rule === undefined ? { userId } : { userId, rule } });
    expect((await check()).body).toMatchObject({ eligible: false, filter: 'allowlist' });
    expect((await check([{ name: 'expression', rule: 'event.priceCents == 4999' }])).body).toMatchObject({
      eligible: true,
      filter: null,
      reason: null,
    });
    expect((await check([])).body).toMatchObject({ eligible: true, links: [] });
    expect(await check([{ name: 'expression', rule: 'event.price == 4999' }])).toMatchObject({
      status: 400,
      body: { code: 'BAD_RULE', issues: [{ path: '[0].rule.expression' }] },
    });
    expect(await check(null)).toMatchObject({ status: 400, body: { code: 'BAD_RULE' } });
    expect((await call('GET', `spike/${eventId}`)).body.event).toMatchObject({ ruleVersion: 1 });
  });

  test('of a blocked account says so beside the links', async () => {
    const { userId } = await addUser();
    const eventId = await addEvent();
    await call('POST', `users/${userId}/block`, { body: { reason: 'fraud' } });
    expect((await call('POST', `spike/${eventId}/rule/check`, { body: { userId } })).body).toMatchObject({
      eligible: false,
      filter: 'account',
      account: { passed: false, reason: 'your account is blocked' },
    });
  });

  test('says which of the two it does not know', async () => {
    const { userId } = await addUser();
    const eventId = await addEvent();
    expect(await call('POST', 'spike/999999/rule/check', { body: { userId } })).toMatchObject({
      status: 404,
      body: { code: 'NOT_FOUND', reason: 'there is no event 999999' },
    });
    expect(await call('POST', `spike/${eventId}/rule/check`, { body: { userId: '999999' } })).toMatchObject({
      status: 404,
      body: { code: 'NOT_FOUND', reason: 'there is no user 999999' },
    });
    expect(await call('POST', `spike/${eventId}/rule/check`, { body: { userId: 'anna' } })).toMatchObject({
      status: 400,
      body: { issues: [{ path: 'userId' }] },
    });
  });
});

describe('the allow list', () => {
  const rule = [{ name: 'allowlist' }];

  test('decides at once who may buy: on it, off it, each at the very next question', async () => {
    const [anna, otto] = [await addUser(), await addUser()];
    const eventId = await addEvent({ rule });
    expect(await decision(anna.userId, eventId)).toMatchObject({
      eligible: false,
      filter: 'allowlist',
      ruleVersion: 1,
    });

    const allowed = await call('POST', `spike/${eventId}/allow`, { body: { userIds: [anna.userId] } });
    expect(allowed).toMatchObject({ status: 200, body: { changed: 1, unchanged: 0, total: 1, inRule: true } });
    expect(await decision(anna.userId, eventId)).toMatchObject({ eligible: true, ruleVersion: 2 });
    expect(await decision(otto.userId, eventId)).toMatchObject({ eligible: false });

    await call('POST', `spike/${eventId}/allow/remove`, { body: { phones: [anna.phone] } });
    expect(await decision(anna.userId, eventId)).toMatchObject({ eligible: false, ruleVersion: 3 });
  });

  test('takes the ticket back from who comes off it', async () => {
    const [anna] = await sale.shoppers(1);
    const eventId = await addEvent({ rule, startsAt: new Date(Date.now() - 1_000).toISOString() });
    await call('POST', `spike/${eventId}/allow`, { body: { userIds: [anna!.userId] } });
    const ticket = await sale.ticket(anna!, eventId);
    await call('POST', `spike/${eventId}/allow/remove`, { body: { userIds: [anna!.userId] } });
    expect(await sale.spend(anna!, eventId, ticket)).toMatchObject({ status: 403, body: { code: 'TICKET_INVALID' } });
    expect(await ask('GET', `${spike.url}/spike/${eventId}`, { token: anna!.token })).toMatchObject({
      status: 403,
      body: { code: 'NOT_ELIGIBLE', filter: 'allowlist', reason: 'you are not on the list of this event' },
    });
  });

  test('is each event’s own, and many questions about several lists are answered together', async () => {
    const [anna, otto] = [await addUser(), await addUser()];
    const [first, second, open] = [await addEvent({ rule }), await addEvent({ rule }), await addEvent()];
    await call('POST', `spike/${first}/allow`, { body: { userIds: [anna.userId] } });
    await call('POST', `spike/${second}/allow`, { body: { userIds: [otto.userId] } });
    const pairs = [first, second, open].flatMap((eventId) =>
      [anna.userId, otto.userId, '999999'].map((userId) => ({ userId, eventId })),
    );
    const answered = await decisions(pairs);
    expect(answered.map(({ eligible }: { eligible: boolean }) => eligible)).toEqual([
      ...[true, false, false],
      ...[false, true, false],
      ...[true, true, false],
    ]);
  });

  test('takes ids and phone numbers as people write them, names who does not exist, and again is the same as once', async () => {
    const [anna, otto, emma] = [await addUser(), await addUser(), await addUser()];
    const eventId = await addEvent({ rule });
    const body = {
      userIds: [anna.userId, anna.userId, '999999'],
      phones: [otto.phone.replace('+49160', '+49 160-'), anna.phone, '+49 99 999999'],
    };
    expect(await call('POST', `spike/${eventId}/allow`, { body })).toEqual(
      expect.objectContaining({
        status: 200,
        body: {
          status: 'success',
          eventId,
          changed: 2,
          unchanged: 0,
          unknown: { userIds: ['999999'], phones: ['+4999999999'] },
          total: 2,
          inRule: true,
        },
      }),
    );
    const again = await call('POST', `spike/${eventId}/allow`, { body: { phones: [otto.phone, emma.phone] } });
    expect(again.body).toMatchObject({ changed: 1, unchanged: 1, total: 3 });

    const once = (await call('GET', `spike/${eventId}`)).body.event.ruleVersion;
    const twice = await call('POST', `spike/${eventId}/allow`, { body: { phones: [otto.phone, emma.phone] } });
    expect(twice.body).toMatchObject({ changed: 0, unchanged: 2, total: 3 });
    expect((await call('GET', `spike/${eventId}`)).body.event.ruleVersion).toBe(once);
  });

  test('is listed in pages, with who put each user there', async () => {
    const users = [await addUser(), await addUser(), await addUser()];
    const eventId = await addEvent();
    await call('POST', `spike/${eventId}/allow`, { body: { userIds: users.map(({ userId }) => userId) } });
    const first = await call('GET', `spike/${eventId}/allow?limit=2`, { role: 'viewer' });
    expect(first.body).toEqual({
      status: 'success',
      users: [users[2], users[1]].map((user) => ({
        ...user,
        name: 'Anna',
        allowedBy: 'operator',
        allowedAt: expect.any(String),
      })),
      total: 3,
      inRule: false,
      next: users[1]!.userId,
    });
    const rest = await call('GET', `spike/${eventId}/allow?limit=2&cursor=${first.body.next}`, { role: 'viewer' });
    expect(rest.body).toMatchObject({ users: [{ userId: users[0]!.userId }], next: null });
  });

  test('leaves tickets alone while no rule asks it', async () => {
    const { userId } = await addUser();
    const eventId = await addEvent();
    const { body } = await call('POST', `spike/${eventId}/allow`, { body: { userIds: [userId] } });
    expect(body).toMatchObject({ changed: 1, inRule: false });
    expect((await call('GET', `spike/${eventId}`)).body.event.ruleVersion).toBe(1);
    expect(await lastRecord()).toMatchObject({ action: 'event.allow', targetId: eventId });
  });

  test('is written down with who changed it, how many and whom', async () => {
    const { userId } = await addUser();
    const eventId = await addEvent({ rule });
    await call('POST', `spike/${eventId}/allow`, { body: { userIds: [userId] } });
    expect(await lastRecord()).toMatchObject({
      actor: 'operator',
      action: 'event.allow',
      targetType: 'event',
      targetId: eventId,
      before: { ruleVersion: 1 },
      after: { ruleVersion: 2, allowed: { count: 1, userIds: [userId] } },
    });
    await call('POST', `spike/${eventId}/allow/remove`, { body: { userIds: [userId] } });
    expect(await lastRecord()).toMatchObject({
      action: 'event.disallow',
      before: { ruleVersion: 2, allowed: { count: 1, userIds: [userId] } },
      after: { ruleVersion: 3 },
    });
  });

  test('with dryRun says what would change, and changes nothing', async () => {
    const [anna, otto] = [await addUser(), await addUser()];
    const eventId = await addEvent({ rule });
    await call('POST', `spike/${eventId}/allow`, { body: { userIds: [anna.userId] } });
    const body = { userIds: [anna.userId, otto.userId] };
    const more = await call('POST', `spike/${eventId}/allow?dryRun=true`, { body });
    expect(more.body).toMatchObject({ changed: 1, unchanged: 1, total: 2 });
    const fewer = await call('POST', `spike/${eventId}/allow/remove?dryRun=true`, { body });
    expect(fewer.body).toMatchObject({ changed: 1, unchanged: 1, total: 0 });
    expect((await call('GET', `spike/${eventId}/allow`)).body).toMatchObject({ users: [{ userId: anna.userId }] });
    expect((await call('GET', `spike/${eventId}`)).body.event.ruleVersion).toBe(2);
  });

  test('cannot be changed by a viewer, and of an unknown event there is none', async () => {
    const { userId } = await addUser();
    const eventId = await addEvent({ rule });
    for (const route of ['allow', 'allow/remove']) {
      expect(
        await call('POST', `spike/${eventId}/${route}`, { role: 'viewer', body: { userIds: [userId] } }),
      ).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
      expect(await call('POST', `spike/999999/${route}`, { body: { userIds: [userId] } })).toMatchObject({
        status: 404,
      });
      expect(await call('POST', `spike/999999/${route}?dryRun=true`, { body: { userIds: [userId] } })).toMatchObject({
        status: 404,
      });
    }
    expect(await call('GET', 'spike/999999/allow')).toMatchObject({ status: 404 });
    expect((await call('GET', `spike/${eventId}/allow`)).body.total).toBe(0);
  });

  test.each([
    [{}],
    [{ userIds: [] }],
    [{ userIds: [7] }],
    [{ userIds: ['anna'] }],
    [{ phones: ['12'] }],
    [{ users: ['7'] }],
    [{ userIds: Array.from({ length: 1_001 }, (_, index) => String(index + 1)) }],
    [
      {
        userIds: Array.from({ length: 600 }, (_, index) => String(index + 1)),
        phones: Array.from({ length: 401 }, (_, index) => `+49${1_000_000 + index}`),
      },
    ],
  ])('refuses a request that cannot be meant (%#)', async (body) => {
    const eventId = await addEvent();
    expect(await call('POST', `spike/${eventId}/allow`, { body })).toMatchObject({
      status: 400,
      body: { code: 'BAD_INPUT' },
    });
  });

  test('takes a thousand users at once, and the audit log stays readable', async () => {
    const rows = Array.from({ length: 1_000 }, (_, index) => [`+4915900${10_000 + index}`, '-', new Date()]);
    await stores.sequelize.query('INSERT INTO users (phone, password_hash, created_at) VALUES :rows', {
      replacements: { rows },
    });
    const eventId = await addEvent({ rule });
    const phones = rows.map(([phone]) => phone);
    expect((await call('POST', `spike/${eventId}/allow`, { body: { phones } })).body).toMatchObject({
      changed: 1_000,
      total: 1_000,
    });
    const { after } = await lastRecord();
    expect(after.allowed.count).toBe(1_000);
    expect(after.allowed.userIds).toHaveLength(100);
    expect((await call('POST', `spike/${eventId}/allow/remove`, { body: { phones } })).body).toMatchObject({
      changed: 1_000,
      total: 0,
    });
  });
});

describe('what staff change beside the rule', () => {
  test('the deny list decides at the very next question', async () => {
    const { userId } = await addUser();
    const eventId = await addEvent({ rule: [{ name: 'untrustworthy' }] });
    expect(await decision(userId, eventId)).toMatchObject({ eligible: true });
    await call('POST', `users/${userId}/deny`, { body: { reason: 'bots' } });
    expect(await decision(userId, eventId)).toMatchObject({ eligible: false, filter: 'untrustworthy' });
    await call('DELETE', `users/${userId}/deny`);
    expect(await decision(userId, eventId)).toMatchObject({ eligible: true });
  });

  test('an edit of the event is seen by a condition about it, and by no other rule', async () => {
    const { userId } = await addUser();
    const cheap = await addEvent({ rule: [{ name: 'expression', rule: 'event.priceCents < 5000' }] });
    const other = await addEvent({ rule: [{ name: 'expression', rule: 'user.age >= 18' }] });
    expect(await decisions([cheap, other].map((eventId) => ({ userId, eventId })))).toMatchObject([
      { eligible: true, ruleVersion: 1 },
      { eligible: true, ruleVersion: 1 },
    ]);
    for (const eventId of [cheap, other])
      expect(await call('PUT', `spike/${eventId}`, { body: { priceCents: 5_000 } })).toMatchObject({ status: 200 });
    expect(await decisions([cheap, other].map((eventId) => ({ userId, eventId })))).toMatchObject([
      { eligible: false, ruleVersion: 2 },
      { eligible: true, ruleVersion: 1 },
    ]);
  });
});
