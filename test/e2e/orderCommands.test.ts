import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createAccessService } from '../../src/services/access/createAccessService.js';
import { createAdminService } from '../../src/services/admin/createAdminService.js';
import { createOrderService } from '../../src/services/order/createOrderService.js';
import { createSpikeService } from '../../src/services/spike/createSpikeService.js';
import { ensureAdmin } from '../../src/stores/mysql/admins.js';
import { openSale, type Sale, type Shopper } from '../helpers/openSale.js';
import { openStores, type TestStores } from '../helpers/openStores.js';
import { createCli, type Cli } from '../helpers/runCli.js';
import { serve, testConfig, type Served } from '../helpers/serve.js';

const PASSWORD = 'correct horse battery';
const cost = { logN: 4, r: 8, p: 1 };
const UNKNOWN = '1-01ARZ3NDEKTSV4RRFFQ69G5FAV';

let stores: TestStores;
let closeStores: () => Promise<void>;
let services: Served[];
let admin: Served;
let sale: Sale;
let eventId: string;
let olga: Cli;
let vera: Cli;

beforeAll(async () => {
  ({ stores, close: closeStores } = await openStores());
  const config = testConfig(stores);
  const access = await serve(createAccessService, config);
  const order = await serve(createOrderService, config);
  const spike = await serve(createSpikeService, { ...config, accessUrl: access.url });
  admin = await serve(createAdminService, config);
  services = [admin, spike, order, access];
  sale = await openSale(stores, { spike: spike.url, order: order.url }, config);
  eventId = await sale.event({ quantity: 20, title: 'Lamps' });
  olga = await loggedIn('olga', 'operator');
  vera = await loggedIn('vera', 'viewer');
});

afterAll(async () => {
  for (const cli of [olga, vera]) await cli.remove();
  await sale.close();
  for (const service of services) await service.stop();
  await closeStores();
});

async function loggedIn(username: string, role: 'operator' | 'viewer'): Promise<Cli> {
  await ensureAdmin(stores.sequelize, { username, password: PASSWORD, role, cost });
  const cli = await createCli();
  const args = ['login', '--url', admin.url, '--username', username, '--password-stdin'];
  expect(await cli.run(args, { input: PASSWORD })).toMatchObject({ code: 0 });
  return cli;
}

async function bought(): Promise<{ orderId: string; shopper: Shopper }> {
  const [shopper] = (await sale.shoppers(1)) as [Shopper];
  const { orderId } = (await sale.buy(shopper, eventId)).body;
  await sale.orderIn(shopper, orderId, 'ordered');
  return { orderId, shopper };
}

describe('order show', () => {
  test('tells the whole history of an order, as text and as JSON', async () => {
    const { orderId, shopper } = await bought();
    await sale.pay(shopper, orderId);
    const text = await vera.run(['order', 'show', orderId]);
    expect(text).toMatchObject({ code: 0, stderr: '' });
    expect(text.stdout).toMatch(/^Id +\S+\nEvent +Lamps \(\d+\)\nUser +\d+\n/);
    const steps = text.stdout.slice(text.stdout.indexOf('History')).split('\n').slice(1);
    expect(steps[0]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z {2}reserved +by shopper$/);
    expect(steps.map((line) => line.split(/ +/)[2]).filter(Boolean)).toEqual([
      'reserved',
      'published',
      'stored',
      'paid',
    ]);

    const run = await vera.run(['order', 'show', orderId, '--json']);
    expect(run.json()).toMatchObject({ id: orderId, state: 'paid', userId: shopper.userId, eventTitle: 'Lamps' });
    expect(run.json().history.map(({ what }: { what: string }) => what)).toEqual([
      'reserved',
      'published',
      'stored',
      'paid',
    ]);
  });

  test.each([UNKNOWN, 'abc', `${UNKNOWN}'`])('of %s says that there is none, and where to look', async (id) => {
    const text = await vera.run(['order', 'show', id]);
    expect(text).toMatchObject({ code: 1, stdout: '' });
    expect(text.stderr).toContain(`There is no order ${id}.`);
    expect(text.stderr).toContain('spikectl order list');
    const json = await vera.run(['order', 'show', id, '--json']);
    expect(json.json()).toMatchObject({ error: { code: 'NOT_FOUND', exit: 1, suggestions: ['spikectl order list'] } });
  });
});

describe('order cancel and refund', () => {
  test('ask, and without a terminal and --yes change nothing', async () => {
    const { orderId } = await bought();
    const run = await olga.run(['order', 'cancel', orderId]);
    expect(run).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('--yes') });
    expect((await olga.run(['order', 'show', orderId, '--json'])).json().state).toBe('ordered');
  });

  test('end an order, keep the reason, and say to whoever repeats it that it was done, when and by whom', async () => {
    const { orderId, shopper } = await bought();
    const dry = await olga.run(['order', 'cancel', orderId, '--dry-run']);
    expect(dry).toMatchObject({ code: 0, stderr: expect.stringContaining('Nothing was changed') });
    expect(dry.stdout).toContain('ordered → cancelled; its unit returns to the sale');
    expect((await sale.order(shopper, orderId)).body.order.state).toBe('ordered');

    const run = await olga.run(['order', 'cancel', orderId, '--yes', '--reason', 'asked by phone', '--json']);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.json()).toMatchObject({ id: orderId, state: 'cancelled', dryRun: false });
    expect(run.json().history).toContainEqual(
      expect.objectContaining({ what: 'cancelled', by: 'olga', note: 'asked by phone' }),
    );
    expect((await sale.order(shopper, orderId)).body.order.state).toBe('cancelled');

    const again = await olga.run(['order', 'cancel', orderId, '--yes']);
    expect(again).toMatchObject({ code: 1, stdout: '' });
    expect(again.stderr).toMatch(/was already cancelled at \S+ \S+Z by olga\./);
    expect((await olga.run(['order', 'cancel', orderId, '--yes', '--json'])).json()).toMatchObject({
      error: { code: 'ORDER_NOT_CANCELLABLE', exit: 1, suggestions: [`spikectl order show ${orderId}`] },
    });
    expect(await sale.auditAtRest(eventId)).toMatchObject({ ok: true });
  });

  test('name each other for an order that the other one ends', async () => {
    const { orderId, shopper } = await bought();
    const early = await olga.run(['order', 'refund', orderId, '--dry-run', '--json']);
    expect(early).toMatchObject({ code: 1 });
    expect(early.json().error).toMatchObject({
      code: 'ORDER_NOT_REFUNDABLE',
      suggestions: [`spikectl order cancel ${orderId}`],
    });
    await sale.pay(shopper, orderId);
    const late = await olga.run(['order', 'cancel', orderId, '--yes']);
    expect(late).toMatchObject({ code: 1, stderr: expect.stringContaining(`spikectl order refund ${orderId}`) });
    const refund = await olga.run(['order', 'refund', orderId, '--yes']);
    expect(refund).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('is refunded') });
  });

  test('take more than a viewer', async () => {
    const { orderId } = await bought();
    const run = await vera.run(['order', 'cancel', orderId, '--yes', '--json']);
    expect(run.code).toBe(4);
    expect(run.json()).toMatchObject({ error: { code: 'FORBIDDEN', exit: 4 } });
    expect((await vera.run(['order', 'show', orderId, '--json'])).json().state).toBe('ordered');
  });

  test('of an order that is still on its way wait for nobody', async () => {
    const [shopper] = (await sale.shoppers(1)) as [Shopper];
    const orderId = `${eventId}-01ARZ3NDEKTSV4RRFFQ69G5FAZ`;
    const { client, keys } = sale.redis;
    await client.hset(keys.parked(eventId), orderId, 'put aside');
    await client.hset(keys.pending(eventId), orderId, `${shopper.userId},1,${Date.now()},7,999,1,t7`);
    const run = await olga.run(['order', 'cancel', orderId, '--yes', '--json']);
    expect(run.json()).toMatchObject({ error: { code: 'ORDER_STILL_PENDING', exit: 1 } });
    const shown = await olga.run(['order', 'show', orderId]);
    expect(shown.stdout).toMatch(/time not kept +deadLettered +put aside/);
    await client.hdel(keys.pending(eventId), orderId);
    await client.hdel(keys.parked(eventId), orderId);
  });
});

describe('order list', () => {
  test('takes a time from which on, as how long ago or as a moment', async () => {
    const { orderId } = await bought();
    const args = ['order', 'list', '--event', eventId, '--json'];
    expect((await vera.run([...args, '--since', '1h'])).json()).toContainEqual(
      expect.objectContaining({ id: orderId }),
    );
    expect((await vera.run([...args, '--until', '1h'])).json()).toEqual([]);
    expect((await vera.run([...args, '--since', '2999-01-01T00:00:00Z'])).json()).toEqual([]);
  });

  test.each([
    [['--since', 'yesterday'], '--since'],
    [['--until', '2026-05-01'], '--until'],
    [['--since', '1h', '--until', '2h'], 'both'],
    [['--state', 'payed'], 'Did you mean paid?'],
    [['--user', 'anna'], 'spikectl user list'],
  ])('with %j ends with 2 and says what to type', async (flags, text) => {
    const run = await vera.run(['order', 'list', ...flags]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(text);
  });
});
