import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createLog } from '../../src/http/createLog.js';
import { createAccessService } from '../../src/services/access/createAccessService.js';
import { createAdminService } from '../../src/services/admin/createAdminService.js';
import { createOrderService } from '../../src/services/order/createOrderService.js';
import { createSpikeService } from '../../src/services/spike/createSpikeService.js';
import { ensureAdmin } from '../../src/stores/mysql/admins.js';
import { expireOrders, findDueReturns } from '../../src/stores/mysql/changeOrder.js';
import { returnUnits } from '../../src/stores/returnUnits.js';
import type { OrderHistoryEntry, OrderView } from '../../src/domain/wire.js';
import { ask, type Answered } from '../helpers/ask.js';
import { openSale, type Sale, type Shopper } from '../helpers/openSale.js';
import { openStores, type TestStores } from '../helpers/openStores.js';
import { serve, testConfig, type Served } from '../helpers/serve.js';

const PASSWORD = 'a long password';
const CHEAP = { logN: 4, r: 8, p: 1 };
const STRANGE_IDS = ['1', 'abc', '1-nothing', '%27', '0-01ARZ3NDEKTSV4RRFFQ69G5FAV', '1-01ARZ3NDEKTSV4RRFFQ69G5FAV'];

const log = createLog({ service: 'test', level: 'silent' });

let stores: TestStores;
let closeStores: () => Promise<void>;
let services: Served[];
let admin: Served;
let sale: Sale;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  ({ stores, close: closeStores } = await openStores());
  // The sweeper sleeps: these tests expire orders themselves, at the moment that counts.
  const config = testConfig(stores, { expireIntervalMs: 600_000, addressBurst: 1_000 });
  const access = await serve(createAccessService, config);
  const order = await serve(createOrderService, config);
  const spike = await serve(createSpikeService, { ...config, accessUrl: access.url });
  admin = await serve(createAdminService, config);
  services = [admin, spike, order, access];
  sale = await openSale(stores, { spike: spike.url, order: order.url }, config);
  for (const [username, role] of [
    ['olga', 'operator'],
    ['otto', 'operator'],
    ['vera', 'viewer'],
  ] as const) {
    await ensureAdmin(stores.sequelize, { username, password: PASSWORD, role, cost: CHEAP });
    tokens[username] = (
      await ask('POST', `${admin.url}/admin/login`, { body: { username, password: PASSWORD } })
    ).body.token;
  }
});

afterAll(async () => {
  await sale.close();
  for (const service of services) await service.stop();
  await closeStores();
});

function call(method: string, route: string, { as = 'olga', body }: { as?: string; body?: unknown } = {}) {
  return ask(method, `${admin.url}/admin/${route}`, { token: tokens[as], body });
}

async function bought(eventId?: string): Promise<{ orderId: string; shopper: Shopper; eventId: string }> {
  const event = eventId ?? (await sale.event({ quantity: 50 }));
  const [shopper] = (await sale.shoppers(1)) as [Shopper];
  const { orderId } = (await sale.buy(shopper, event)).body;
  await sale.orderIn(shopper, orderId, 'ordered');
  return { orderId, shopper, eventId: event };
}

async function recordsOf(orderId: string) {
  const { entries } = (await call('GET', 'audit-log?limit=100')).body;
  return entries.filter(({ targetId }: { targetId: string }) => targetId === orderId);
}

function what(answer: Answered): string[] {
  return answer.body.history.map((entry: OrderHistoryEntry) => entry.what);
}

describe('the history of an order', () => {
  test('names reservation, message, row, payment, refund and return of the unit, each with its time', async () => {
    const { orderId, shopper } = await bought();
    await sale.pay(shopper, orderId);
    await call('POST', `orders/${orderId}/refund`, { body: { reason: 'arrived broken' } });
    const { status, body } = await call('GET', `orders/${orderId}`, { as: 'vera' });
    expect(status).toBe(200);
    expect(body.order).toMatchObject({ id: orderId, state: 'refunded' });
    const history: OrderHistoryEntry[] = body.history;
    expect(history).toEqual([
      { what: 'reserved', at: body.order.reservedAt, by: 'shopper', note: null },
      { what: 'published', at: expect.any(String), by: null, note: null },
      { what: 'stored', at: body.order.orderedAt, by: null, note: `to be paid before ${body.order.payBefore}` },
      { what: 'paid', at: body.order.paidAt, by: 'shopper', note: null },
      { what: 'refunded', at: body.order.endedAt, by: 'olga', note: 'arrived broken' },
      { what: 'unitsReturned', at: expect.any(String), by: null, note: null },
    ]);
    const published = Date.parse(history[1]!.at!);
    expect(Math.abs(published - Date.parse(body.order.reservedAt))).toBeLessThan(60_000);
  });

  test('says whether the shopper cancelled it or its time ran out', async () => {
    const cancelled = await bought();
    await sale.cancel(cancelled.shopper, cancelled.orderId);
    const ofShopper = (await call('GET', `orders/${cancelled.orderId}`)).body.history;
    expect(ofShopper.at(-2)).toMatchObject({ what: 'cancelled', by: 'shopper', note: null });

    const late = await bought();
    await makeLate(late.orderId);
    await expireOrders(stores.sequelize, 10);
    const answer = await call('GET', `orders/${late.orderId}`);
    expect(answer.body.history.at(-1)).toMatchObject({ what: 'expired', by: 'expiry', note: null });
    // Nobody has brought the unit back yet, and the history does not say so.
    expect(what(answer)).not.toContain('unitsReturned');
  });

  test('of a pending order is its reservation, and why it was parked', async () => {
    const eventId = await sale.event();
    const [shopper] = (await sale.shoppers(1)) as [Shopper];
    const orderId = `${eventId}-01ARZ3NDEKTSV4RRFFQ69G5FAX`;
    const reservedAtMs = Date.parse('2026-01-01T10:00:00.000Z');
    const { client, keys } = sale.redis;
    // Parked first: the relay sends whatever it finds without that.
    await client.hset(keys.parked(eventId), orderId, 'the count is too high');
    await client.hset(keys.pending(eventId), orderId, `${shopper.userId},1,${reservedAtMs},7,100,1,t7`);
    const parked = await call('GET', `orders/${orderId}`);
    expect(parked.body.order.state).toBe('pending');
    expect(parked.body.history).toEqual([
      { what: 'reserved', at: '2026-01-01T10:00:00.000Z', by: 'shopper', note: null },
      { what: 'deadLettered', at: null, by: null, note: 'the count is too high' },
    ]);
    expect(await call('POST', `orders/${orderId}/cancel`)).toMatchObject({
      status: 409,
      body: { code: 'ORDER_STILL_PENDING', state: 'pending' },
    });
    expect(await call('POST', `orders/${orderId}/refund`)).toMatchObject({
      status: 409,
      body: { code: 'ORDER_STILL_PENDING' },
    });
    await client.hdel(keys.pending(eventId), orderId);
  });

  test('of an order from before it was kept leaves out what is not known', async () => {
    const { orderId, shopper } = await bought();
    await sale.cancel(shopper, orderId);
    await stores.sequelize.query(
      `UPDATE orders
          SET published_at = NULL, ended_by = NULL, units_returned_at = NULL
        WHERE id = ?`,
      { replacements: [orderId] },
    );
    const answer = await call('GET', `orders/${orderId}`);
    expect(what(answer)).toEqual(['reserved', 'stored', 'cancelled', 'unitsReturned']);
    expect(answer.body.history.at(-2)).toMatchObject({ at: expect.any(String), by: null });
    expect(answer.body.history.at(-1)).toMatchObject({ at: null });
  });

  test.each(STRANGE_IDS)('of %s is NOT_FOUND, and so are its cancellation and refund', async (id) => {
    const refused = { status: 404, body: { code: 'NOT_FOUND', next: expect.any(String) } };
    expect(await call('GET', `orders/${id}`)).toMatchObject(refused);
    expect(await call('POST', `orders/${id}/cancel`)).toMatchObject(refused);
    expect(await call('POST', `orders/${id}/refund`)).toMatchObject(refused);
  });
});

describe('staff', () => {
  test('cancel an ordered order: the unit is for sale again and the shopper may buy it', async () => {
    const eventId = await sale.event({ quantity: 1 });
    const { orderId, shopper } = await bought(eventId);
    expect(await call('POST', `orders/${orderId}/cancel`)).toMatchObject({
      status: 200,
      body: { order: { id: orderId, state: 'cancelled' } },
    });
    expect(await recordsOf(orderId)).toMatchObject([
      { actor: 'olga', action: 'order.cancel', before: { state: 'ordered' }, after: { state: 'cancelled' } },
    ]);
    expect(await sale.auditAtRest(eventId)).toMatchObject({ ok: true, available: 1, sold: 0 });
    expect(await sale.buy(shopper, eventId)).toMatchObject({ status: 200 });
    expect(await sale.auditAtRest(eventId)).toMatchObject({ ok: true, available: 0, sold: 1 });
  });

  test('are told by a repeat what it is and who made it so, and nothing is written twice', async () => {
    const { orderId, eventId } = await bought();
    await call('POST', `orders/${orderId}/cancel`, { body: { reason: 'asked by phone' } });
    expect(await call('POST', `orders/${orderId}/cancel`, { as: 'otto' })).toMatchObject({
      status: 409,
      body: {
        code: 'ORDER_NOT_CANCELLABLE',
        orderId,
        state: 'cancelled',
        endedBy: 'olga',
        endedAt: expect.any(String),
      },
    });
    expect(await recordsOf(orderId)).toHaveLength(1);
    expect(await sale.auditAtRest(eventId)).toMatchObject({ ok: true, available: 50, sold: 0 });
  });

  test('refund paid orders alone and cancel ordered ones alone', async () => {
    const { orderId, shopper } = await bought();
    expect(await call('POST', `orders/${orderId}/refund`)).toMatchObject({
      status: 409,
      body: { code: 'ORDER_NOT_REFUNDABLE', state: 'ordered', endedBy: null },
    });
    await sale.pay(shopper, orderId);
    expect(await call('POST', `orders/${orderId}/cancel`)).toMatchObject({
      status: 409,
      body: { code: 'ORDER_NOT_CANCELLABLE', state: 'paid' },
    });
    expect(await recordsOf(orderId)).toEqual([]);
  });

  test('who may only look end nothing', async () => {
    const { orderId } = await bought();
    for (const name of ['cancel', 'refund'])
      expect(await call('POST', `orders/${orderId}/${name}`, { as: 'vera' })).toMatchObject({ status: 403 });
    expect((await call('GET', `orders/${orderId}`)).body.order.state).toBe('ordered');
    expect(await recordsOf(orderId)).toEqual([]);
  });

  test.each([
    ['a reason of another type', { reason: 1 }, 'reason'],
    ['an empty reason', { reason: '  ' }, 'reason'],
    ['a reason without end', { reason: 'x'.repeat(256) }, 'reason'],
    ['a field that nobody knows', { state: 'paid' }, 'state'],
  ])('are refused with %s', async (_what, body, path) => {
    const { orderId } = await bought();
    expect(await call('POST', `orders/${orderId}/cancel`, { body })).toMatchObject({
      status: 400,
      body: { code: 'BAD_INPUT', issues: [{ path }] },
    });
  });
});

describe('of several who end an order at once', () => {
  test('exactly one wins, whoever it is: two of staff, the shopper, the expiry', async () => {
    const eventId = await sale.event({ quantity: 50 });
    for (let round = 0; round < 15; round += 1) {
      const { orderId, shopper } = await bought(eventId);
      await makeLate(orderId);
      const [olga, otto, own, expired] = await Promise.all([
        call('POST', `orders/${orderId}/cancel`),
        call('POST', `orders/${orderId}/cancel`, { as: 'otto' }),
        sale.cancel(shopper, orderId),
        expireOrders(stores.sequelize, 10),
      ]);
      const winners = [
        ...(olga.status === 200 ? ['olga'] : []),
        ...(otto.status === 200 ? ['otto'] : []),
        ...(own.status === 200 ? ['shopper'] : []),
        ...expired.map(() => 'expiry'),
      ];
      const { history } = (await call('GET', `orders/${orderId}`)).body;
      const ends = history.filter((entry: OrderHistoryEntry) => ['cancelled', 'expired'].includes(entry.what));
      expect(ends.map((entry: OrderHistoryEntry) => entry.by)).toEqual(winners);
      expect(winners).toHaveLength(1);
      const isStaff = ['olga', 'otto'].includes(winners[0]!);
      expect((await recordsOf(orderId)).map(({ actor }: { actor: string }) => actor)).toEqual(isStaff ? winners : []);
      for (const loser of [olga, otto, own].filter(({ status }) => status !== 200))
        expect(loser).toMatchObject({ status: 409, body: { code: 'ORDER_NOT_CANCELLABLE' } });
      await bringBack();
    }
    expect(await sale.auditAtRest(eventId)).toMatchObject({ ok: true, available: 50, sold: 0 });
  });

  test('a payment and a cancellation by staff never both win', async () => {
    const eventId = await sale.event({ quantity: 50 });
    for (let round = 0; round < 15; round += 1) {
      const { orderId, shopper } = await bought(eventId);
      const [cancelled, paid] = await Promise.all([
        call('POST', `orders/${orderId}/cancel`),
        sale.pay(shopper, orderId),
      ]);
      expect([cancelled.status, paid.status].sort()).toEqual([200, 409]);
      const { order } = (await call('GET', `orders/${orderId}`)).body as { order: OrderView };
      expect(order.state).toBe(paid.status === 200 ? 'paid' : 'cancelled');
      if (paid.status === 200) await call('POST', `orders/${orderId}/refund`);
    }
    expect(await sale.auditAtRest(eventId)).toMatchObject({ ok: true, available: 50, sold: 0 });
  });

  test('a refund by two of staff returns one unit and leaves one record', async () => {
    const eventId = await sale.event({ quantity: 10 });
    for (let round = 0; round < 10; round += 1) {
      const { orderId, shopper } = await bought(eventId);
      await sale.pay(shopper, orderId);
      const answers = await Promise.all(
        ['olga', 'otto', 'olga'].map((as) => call('POST', `orders/${orderId}/refund`, { as })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
      expect(await recordsOf(orderId)).toHaveLength(1);
    }
    expect(await sale.auditAtRest(eventId)).toMatchObject({ ok: true, available: 10, sold: 0 });
  });
});

describe('the list of orders', () => {
  test('takes a time from which and one before which they were reserved', async () => {
    const eventId = await sale.event();
    const first = await bought(eventId);
    const second = await bought(eventId);
    const at = (await call('GET', `orders/${second.orderId}`)).body.order.reservedAt;
    const list = async (filter: string) =>
      (await call('GET', `orders?eventId=${eventId}&${filter}`)).body.orders.map((order: OrderView) => order.id);
    expect(await list(`since=${at}`)).toEqual([second.orderId]);
    expect(await list(`until=${at}`)).toEqual([first.orderId]);
    expect(await list(`since=${at}&until=${at}`)).toEqual([]);
    for (const [filter, path] of [
      ['since=yesterday', 'since'],
      ['until=2030-01-01T00:00:00', 'until'],
    ])
      expect(await call('GET', `orders?${filter}`)).toMatchObject({ status: 400, body: { issues: [{ path }] } });
  });

  test('applies these times to orders on their way as well', async () => {
    const eventId = await sale.event();
    const [shopper] = (await sale.shoppers(1)) as [Shopper];
    const { client, keys } = sale.redis;
    const orderId = `${eventId}-01ARZ3NDEKTSV4RRFFQ69G5FAY`;
    await client.hset(keys.parked(eventId), orderId, 'put aside');
    await client.hset(
      keys.pending(eventId),
      orderId,
      `${shopper.userId},1,${Date.parse('2026-01-01T10:00:00Z')},7,100,1,t8`,
    );
    const list = async (filter: string) =>
      (await call('GET', `orders?eventId=${eventId}&${filter}`)).body.orders.map((order: OrderView) => order.id);
    expect(await list('since=2026-01-01T10:00:00Z')).toEqual([orderId]);
    expect(await list('since=2026-01-01T10:00:01Z')).toEqual([]);
    expect(await list('until=2026-01-01T10:00:00Z')).toEqual([]);
    await client.hdel(keys.pending(eventId), orderId);
  });
});

/** Its time to pay is over. */
async function makeLate(orderId: string): Promise<void> {
  await stores.sequelize.query('UPDATE orders SET pay_before = NOW(3) - INTERVAL 1 SECOND WHERE id = ?', {
    replacements: [orderId],
  });
}

/** What the sweeper does with orders that expired here. */
async function bringBack(): Promise<void> {
  const due = await findDueReturns(stores.sequelize, 100);
  await returnUnits({ sequelize: stores.sequelize, redis: sale.redis, log }, due);
}
