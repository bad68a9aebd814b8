import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import jwt from 'jsonwebtoken';
import { QueryTypes } from 'sequelize';
import { createAdminService } from '../../src/services/admin/createAdminService.js';
import { ensureAdmin } from '../../src/stores/mysql/admins.js';
import { roleIncludes, staffRoles, type StaffRole } from '../../src/domain/staffRole.js';
import { ask, type Answered } from '../helpers/ask.js';
import { openSale, type Sale } from '../helpers/openSale.js';
import { openStores, type TestStores } from '../helpers/openStores.js';
import { serve, testConfig, type Served } from '../helpers/serve.js';

/** Every route of staff with the role that it needs. A route that is new has to be entered here, or this suite fails. */
const needed: Readonly<Record<string, StaffRole | 'nobody'>> = {
  'POST /admin/login': 'nobody',
  'GET /admin/auth/refresh_token': 'viewer',
  'GET /admin/me': 'viewer',
  'PUT /admin/me/password': 'viewer',
  'GET /admin/admins': 'admin',
  'POST /admin/admins': 'admin',
  'PUT /admin/admins/:id': 'admin',
  'PUT /admin/admins/:id/password': 'admin',
  'GET /admin/audit-log': 'viewer',

  'GET /admin/spike/all': 'viewer',
  'GET /admin/spike/:id': 'viewer',
  'POST /admin/spike/add': 'operator',
  'POST /admin/spike/check': 'operator',
  'PUT /admin/spike/:id': 'operator',
  'DELETE /admin/spike/:id': 'operator',
  'POST /admin/spike/:id/restock': 'operator',
  'POST /admin/spike/:id/warm': 'operator',
  'POST /admin/spike/:id/pause': 'operator',
  'POST /admin/spike/:id/resume': 'operator',
  'POST /admin/spike/:id/close': 'operator',
  'GET /admin/spike/:id/limits': 'viewer',
  'PUT /admin/spike/:id/limits': 'operator',
  'GET /admin/limits': 'viewer',
  'PUT /admin/limits': 'operator',

  'GET /admin/rules/filters': 'viewer',
  'POST /admin/rules/check': 'viewer',
  'POST /admin/spike/:id/rule/check': 'viewer',
  'GET /admin/spike/:id/allow': 'viewer',
  'POST /admin/spike/:id/allow': 'operator',
  'POST /admin/spike/:id/allow/remove': 'operator',

  'GET /admin/commodities': 'viewer',
  'POST /admin/commodities': 'operator',
  'PUT /admin/commodities/:id': 'operator',
  'DELETE /admin/commodities/:id': 'operator',

  'GET /admin/users': 'viewer',
  'GET /admin/users/:id': 'viewer',
  'POST /admin/users': 'operator',
  'POST /admin/users/bulk': 'operator',
  'POST /admin/users/:id/deny': 'operator',
  'DELETE /admin/users/:id/deny': 'operator',
  'POST /admin/users/:id/block': 'operator',
  'DELETE /admin/users/:id/block': 'operator',

  'GET /admin/orders': 'viewer',
  'POST /admin/orders/find': 'viewer',
  'GET /admin/orders/:id': 'viewer',
  'POST /admin/orders/:id/cancel': 'operator',
  'POST /admin/orders/:id/refund': 'operator',

  'POST /admin/test-buyers': 'operator',

  'GET /admin/queues': 'viewer',
  'GET /admin/queues/dead': 'viewer',
  'POST /admin/queues/dead/replay': 'operator',
  'POST /admin/queues/dead/purge': 'operator',
  'GET /admin/audit': 'viewer',
  'GET /admin/spike/:id/reconcile': 'viewer',
  'POST /admin/spike/:id/reconcile': 'operator',
  'GET /admin/live': 'viewer',
  'GET /admin/live/once': 'viewer',
};

/** Not a GET and still for everybody: one's own password, and a question that is too long for an address. */
const harmless = [
  'PUT /admin/me/password',
  'POST /admin/rules/check',
  'POST /admin/spike/:id/rule/check',
  'POST /admin/orders/find',
];

/** What would really change something, if it got through. */
const bodies: Readonly<Record<string, unknown>> = {
  'POST /admin/admins': { username: 'intruder', password: 'a long password', role: 'admin' },
  'PUT /admin/admins/:id': { role: 'admin' },
  'PUT /admin/admins/:id/password': { password: 'another password' },
  'PUT /admin/spike/:id': { title: 'changed' },
  'POST /admin/spike/:id/restock': { by: 5 },
  'PUT /admin/spike/:id/limits': { userBurst: 3 },
  'PUT /admin/limits': { userBurst: 3 },
  'POST /admin/spike/:id/allow': { phones: ['+491500000001'] },
  'POST /admin/spike/:id/allow/remove': { phones: ['+491500000001'] },
  'POST /admin/commodities': { name: 'made' },
  'PUT /admin/commodities/:id': { name: 'changed' },
  'POST /admin/users': { phone: '+491500000009', password: 'a long password' },
  'POST /admin/users/bulk': { users: [{ phone: '+491500000009', password: 'a long password' }] },
  'POST /admin/users/:id/deny': { reason: 'no' },
  'POST /admin/users/:id/block': { reason: 'no', deny: true },
  'POST /admin/test-buyers': { count: 1 },
  'POST /admin/orders/:id/cancel': {},
  'POST /admin/orders/:id/refund': {},
  'POST /admin/queues/dead/replay': {},
  'POST /admin/queues/dead/purge': {},
};

const PASSWORD = 'a long password';
const CHEAP = { logN: 4, r: 8, p: 1 };
/** No id of anything here: what it is asked of is refused as unknown, so that nothing is changed on the way. */
const NOTHING = '999999';

let stores: TestStores;
let closeStores: () => Promise<void>;
let admin: Served;
let sale: Sale;
let served: string[];
/** An id that is there for each kind of thing. */
let present: Record<string, string>;
const tokens = {} as Record<StaffRole, string>;

beforeAll(async () => {
  ({ stores, close: closeStores } = await openStores());
  const config = testConfig(stores, { addressBurst: 1_000 });
  admin = await serve(async (context) => {
    const built = await createAdminService(context);
    served = built.routes
      .map(({ method, pattern }) => `${method} ${pattern}`)
      .filter((name) => name.includes('/admin/'));
    return built;
  }, config);
  sale = await openSale(stores, { spike: '', order: '' }, config);
  for (const role of staffRoles) {
    await ensureAdmin(stores.sequelize, { username: role, password: PASSWORD, role, cost: CHEAP });
    const answer = await ask('POST', `${admin.url}/admin/login`, { body: { username: role, password: PASSWORD } });
    tokens[role] = answer.body.token;
  }
  present = await makePresent();
});

afterAll(async () => {
  await admin.stop();
  await sale.close();
  await closeStores();
});

/** An event, an order of it, a user and a commodity that nothing sells: each could be changed or deleted. */
async function makePresent(): Promise<Record<string, string>> {
  const eventId = await sale.event();
  const [shopper] = await sale.shoppers(1);
  const orderId = `${eventId}-01ARZ3NDEKTSV4RRFFQ69G5FAV`;
  await stores.sequelize.query(
    `INSERT INTO orders
       (id, event_id, user_id, quantity, price_cents, state, sequence, ticket_id, reserved_at, ordered_at, pay_before)
     VALUES (?, ?, ?, 1, 999, 'ordered', 1, 't1', NOW(3), NOW(3), NOW(3) + INTERVAL 1 DAY)`,
    { replacements: [orderId, eventId, shopper!.userId] },
  );
  const [commodityId] = await stores.sequelize.query(
    "INSERT INTO commodities (name, created_at, updated_at) VALUES ('spare', NOW(3), NOW(3))",
  );
  return { spike: eventId, orders: orderId, users: shopper!.userId, commodities: String(commodityId), admins: '1' };
}

function call(name: string, { id, token, body }: { id: string; token: string | undefined; body?: unknown }) {
  const [method = '', pattern = ''] = name.split(' ');
  // A stream goes on: of an open one its head says enough.
  if (name === 'GET /admin/live' && token !== undefined && Object.values(tokens).includes(token))
    return ask('HEAD', `${admin.url}${pattern}`, { token });
  return ask(method, `${admin.url}${pattern.replace(':id', id)}`, { token, body });
}

function guarded(): string[] {
  return served.filter((name) => needed[name] !== 'nobody');
}

test('every route is known here, with the role that it needs', () => {
  expect([...served].sort()).toEqual(Object.keys(needed).sort());
});

test('a change takes an operator, and the staff an admin', () => {
  for (const [name, role] of Object.entries(needed)) {
    const isStaff = name.includes('/admin/admins');
    const isChange = !name.startsWith('GET') && !harmless.includes(name);
    if (role !== 'nobody')
      expect({ name, role }).toEqual({ name, role: isStaff ? 'admin' : isChange ? 'operator' : 'viewer' });
  }
});

describe('every route but the login', () => {
  const hour = 3_600;
  const nowSeconds = Math.floor(Date.now() / 1_000);
  const strangers = (): [what: string, code: string, token: string | undefined][] => {
    const { userJwtSecret, adminJwtSecret } = admin.config;
    const claims = { sub: '3', role: 'admin', iss: 'spike', exp: nowSeconds + hour };
    const sign = (more: object, secret = adminJwtSecret) => jwt.sign({ ...claims, aud: 'staff', ...more }, secret);
    return [
      ['nobody', 'UNAUTHENTICATED', undefined],
      ['one whose token and its refresh window have expired', 'TOKEN_EXPIRED', sign({ iat: 1, exp: 2 })],
      ['a shopper', 'TOKEN_INVALID', sign({ aud: 'shopper' }, userJwtSecret)],
      ['one who has the secret of the shoppers', 'TOKEN_INVALID', sign({}, userJwtSecret)],
      ['one with a token for the shop', 'TOKEN_INVALID', sign({ aud: 'shopper' })],
      ['somebody who is not of the staff', 'TOKEN_INVALID', sign({ sub: NOTHING })],
      ['one with the token of an earlier password', 'TOKEN_INVALID', sign({ ver: 1 })],
      ['one who signs nothing', 'TOKEN_INVALID', jwt.sign({ ...claims, aud: 'staff' }, '', { algorithm: 'none' })],
    ];
  };

  test('refuses strangers, shoppers, forgers and tokens that are over', async () => {
    for (const name of guarded())
      for (const [what, code, token] of strangers()) {
        const { status, body } = await call(name, { id: NOTHING, token });
        expect({ name, what, status, code: body.code }).toEqual({ name, what, status: 401, code });
      }
  });

  test('lets those pass who have the role, and no others', async () => {
    for (const name of guarded())
      for (const role of staffRoles) {
        const { status, body } = await call(name, { id: NOTHING, token: tokens[role] });
        const isAllowed = roleIncludes(role, needed[name] as StaffRole);
        expect({ name, role, isForbidden: status === 403 }).toEqual({ name, role, isForbidden: !isAllowed });
        if (!isAllowed) expect(body).toMatchObject({ code: 'FORBIDDEN', role, needed: needed[name] });
      }
  });
});

test('what somebody with too low a role tries changes nothing and leaves no record', async () => {
  for (const role of ['viewer', 'operator'] as const) {
    const before = await everything();
    for (const name of guarded().filter((one) => !roleIncludes(role, needed[one] as StaffRole))) {
      const kind = name.split('/')[2] ?? '';
      const answer: Answered = await call(name, {
        id: present[kind] ?? NOTHING,
        token: tokens[role],
        body: bodies[name],
      });
      expect({ name, status: answer.status }).toEqual({ name, status: 403 });
    }
    expect(await everything()).toEqual(before);
  }
});

/** A checksum of every table, the audit log among them, and what Redis knows of the event. */
async function everything(): Promise<unknown> {
  const { sequelize } = stores;
  const tables = await sequelize.query<{ name: string }>(
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY table_name',
    { type: QueryTypes.SELECT },
  );
  const names = tables.map(({ name }) => `\`${name}\``).join(', ');
  const checksums = await sequelize.query(`CHECKSUM TABLE ${names}`, { type: QueryTypes.SELECT });
  return { checksums, event: await sale.redis.client.hgetall(sale.redis.keys.event(present.spike!)) };
}
