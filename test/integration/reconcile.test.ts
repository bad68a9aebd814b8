import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ReconcilePlan } from '../../src/domain/wire.js';
import { createLog } from '../../src/http/createLog.js';
import { toRefusal } from '../../src/http/toRefusal.js';
import { planEventReconcile } from '../../src/stores/planEventReconcile.js';
import { connectRedis } from '../../src/stores/redis/connectRedis.js';
import { eventually } from '../helpers/eventually.js';
import { openHouse, type House } from '../helpers/openHouse.js';
import type { Shopper } from '../helpers/openSale.js';
import { openTcpProxy, through } from '../helpers/openTcpProxy.js';

const log = createLog({ service: 'test', level: 'silent' });

let house: House;

beforeAll(async () => {
  house = await openHouse();
}, 60_000);
afterAll(() => house.close());

async function plan(eventId: string): Promise<ReconcilePlan> {
  const { status, body } = await house.staff('GET', `spike/${eventId}/reconcile`, { as: 'viewer' });
  expect(status).toBe(200);
  return body.event;
}

/** Begins it and waits until the order service has rebuilt the stock. */
async function reconcile(eventId: string): Promise<ReconcilePlan> {
  const { status, body } = await house.staff('POST', `spike/${eventId}/reconcile`, { as: 'operator' });
  expect({ status, body }).toMatchObject({ status: 202 });
  const begun: ReconcilePlan = body.event;
  await eventually(
    async () => (await house.staff('GET', `spike/${eventId}`)).body.event,
    ({ fence, available }) => Number(fence) > Number(begun.fence) && available !== null,
  );
  return begun;
}

/** An event with `sold` stored orders. */
async function eventWithOrders(sold: number): Promise<{ eventId: string; shoppers: Shopper[]; orderIds: string[] }> {
  const eventId = await house.sale.event({ quantity: 20 });
  const shoppers = await house.sale.shoppers(sold);
  const orderIds: string[] = [];
  for (const shopper of shoppers) orderIds.push((await house.sale.buy(shopper, eventId)).body.orderId);
  await house.sale.auditAtRest(eventId);
  return { eventId, shoppers, orderIds };
}

function key(eventId: string, name: string): string {
  return `${house.stores.redisKeyPrefix}:{event:${eventId}}:${name}`;
}

function whats({ changes }: ReconcilePlan): string[] {
  return changes.map(({ what }) => what);
}

describe('a plan', () => {
  test('of stores that agree is empty, also right after a sale', async () => {
    const { eventId } = await eventWithOrders(3);
    expect(await plan(eventId)).toMatchObject({ id: eventId, changes: [], ok: true });
  });

  test('with Redis away is refused for that reason, which clears by itself', async () => {
    const { eventId } = await eventWithOrders(1);
    const proxy = await openTcpProxy(house.stores.redisUrl);
    const { redisKeyPrefix: keyPrefix, redisUrl, sequelize } = house.stores;
    const redis = connectRedis({ url: through(proxy, redisUrl), keyPrefix, commandTimeoutMs: 10_000, log });
    try {
      expect(
        await eventually(
          () => redis.client.ping().catch(String),
          (answer) => answer === 'PONG',
        ),
      ).toBe('PONG');
      expect(await planEventReconcile({ sequelize, redis }, eventId)).toMatchObject({ ok: true });
      await proxy.cut();
      const failure = await planEventReconcile({ sequelize, redis }, eventId).catch(toRefusal);
      expect(failure).toMatchObject({ code: 'STORE_UNAVAILABLE', details: { store: 'redis' } });
    } finally {
      await redis.close();
      await proxy.cut();
    }
  });

  test('names the orders and users that the stores tell differently, and changes nothing', async () => {
    const { eventId, shoppers, orderIds } = await eventWithOrders(3);
    const { redis, sequelize } = house.stores;
    // Redis forgets one order and counts one that nobody has.
    await redis.hdel(key(eventId, 'buyers'), shoppers[0]!.userId);
    const stray = `${eventId}-01ARZ3NDEKTSV4RRFFQ69G5FAV`;
    await redis.hset(key(eventId, 'buyers'), '999', `2;ticket=${stray}=2`);
    await redis.hset(key(eventId, 'event'), 'available', 15);
    await sequelize.query('UPDATE sale_events SET sold = 7 WHERE id = :eventId', { replacements: { eventId } });
    await sequelize.query('UPDATE purchase_counts SET units = 0 WHERE event_id = :eventId AND user_id = :userId', {
      replacements: { eventId, userId: shoppers[1]!.userId },
    });
    const before = await redis.hgetall(key(eventId, 'event'));
    const found = await plan(eventId);
    expect(found.ok).toBe(false);
    expect(found.changes).toEqual([
      { what: 'available', before: 15, after: 17, ids: [] },
      { what: 'held', before: expect.any(String), after: expect.any(String), ids: [orderIds[0]] },
      { what: 'released', before: expect.any(String), after: expect.any(String), ids: [stray] },
      { what: 'sold', before: 7, after: 3, ids: [] },
      { what: 'counts', before: expect.any(String), after: expect.any(String), ids: [shoppers[1]!.userId] },
    ]);
    expect(await redis.hgetall(key(eventId, 'event'))).toEqual(before);

    await reconcile(eventId);
    expect(await plan(eventId)).toMatchObject({ ok: true });
    expect(await house.sale.auditAtRest(eventId)).toMatchObject({ ok: true, available: 17, pending: 0, sold: 3 });
  });

  test('of an event that Redis does not have says so; an unknown event is not found', async () => {
    const eventId = await house.sale.event();
    await house.stopOrder();
    try {
      await house.stores.redis.del(key(eventId, 'event'));
      expect(await plan(eventId)).toMatchObject({ changes: [{ what: 'stock', before: 'missing', after: 'rebuilt' }] });
    } finally {
      await house.startOrder();
    }
    expect(await house.staff('GET', 'spike/999999/reconcile')).toMatchObject({ status: 404 });
  });
});

describe('reconcile', () => {
  test('sells again afterwards: buyers keep their orders, and nobody buys twice', async () => {
    const { eventId, shoppers, orderIds } = await eventWithOrders(2);
    await house.stores.redis.hset(key(eventId, 'event'), 'available', 3);
    await reconcile(eventId);
    const [again] = shoppers;
    expect((await house.sale.buy(again!, eventId)).body).toMatchObject({
      code: 'ALREADY_ORDERED',
      orderId: orderIds[0],
    });
    const [fresh] = await house.sale.shoppers(1);
    expect((await house.sale.buy(fresh!, eventId)).status).toBe(200);
    expect(await house.sale.auditAtRest(eventId)).toMatchObject({ ok: true, available: 17, sold: 3 });
  });

  test('keeps a paused event paused, and an event that was never wrong as it was', async () => {
    const { eventId } = await eventWithOrders(1);
    await house.staff('POST', `spike/${eventId}/pause`);
    await reconcile(eventId);
    expect((await house.staff('GET', `spike/${eventId}`)).body.event).toMatchObject({ state: 'paused', available: 19 });
    const twice = await reconcile(eventId);
    expect(twice).toMatchObject({ ok: true });
    expect(await plan(eventId)).toMatchObject({ ok: true });
  });

  test('in the middle of a rush loses no order that was promised, and sells no unit twice', async () => {
    const eventId = await house.sale.event({ quantity: 40 });
    const shoppers = await house.sale.shoppers(80);
    const promised: string[] = [];
    const insist = async (shopper: Shopper) => {
      const ticket = await eventually(
        async () => house.sale.ticket(shopper, eventId).catch(() => undefined),
        (handed) => handed !== undefined,
      );
      const answer = await eventually(
        () => house.sale.spend(shopper, eventId, ticket!),
        ({ status }) => status !== 503 && status !== 429,
      );
      if (answer.status === 200 || answer.status === 202) promised.push(answer.body.orderId);
      else expect(answer.body).toMatchObject({ code: 'SOLD_OUT' });
    };
    await Promise.all([...shoppers.map(insist), reconcile(eventId)]);
    expect(promised).toHaveLength(40);
    expect(await house.sale.auditAtRest(eventId)).toMatchObject({ ok: true, available: 0, pending: 0, sold: 40 });
  });

  test('is written down with what was found', async () => {
    const { eventId } = await eventWithOrders(1);
    await house.stores.sequelize.query('UPDATE sale_events SET sold = 5 WHERE id = :eventId', {
      replacements: { eventId },
    });
    await reconcile(eventId);
    expect(await house.lastRecord()).toMatchObject({
      actor: 'operator',
      action: 'event.reconcile',
      targetId: eventId,
      before: { sold: 5 },
      after: { sold: 1, changes: [{ what: 'sold', before: 5, after: 1 }] },
    });
  });

  test('is not begun for a viewer, nor while no order service could finish it', async () => {
    const { eventId } = await eventWithOrders(1);
    const [{ fence }] = [await plan(eventId)];
    expect(await house.staff('POST', `spike/${eventId}/reconcile`, { as: 'viewer' })).toMatchObject({ status: 403 });
    await house.stopOrder();
    try {
      const answer = await eventually(
        () => house.staff('POST', `spike/${eventId}/reconcile`),
        ({ status }) => status !== 202,
      );
      expect(answer).toMatchObject({ status: 503, body: { code: 'NO_CONSUMER' } });
    } finally {
      await house.startOrder();
    }
    // One that was begun before the broker knew that the consumer is gone is finished now.
    await eventually(
      async () => whats(await plan(eventId)),
      (left) => left.length === 0,
    );
    expect(fence).toEqual(expect.any(String));
  });

  test('of orders that hold more than the event has is refused with what to do, and changes nothing', async () => {
    const { eventId, orderIds } = await eventWithOrders(3);
    const { sequelize } = house.stores;
    await sequelize.query('UPDATE orders SET quantity = 50 WHERE id = :id', { replacements: { id: orderIds[0] } });
    const answer = await house.staff('POST', `spike/${eventId}/reconcile`);
    expect(answer).toMatchObject({ status: 409, body: { code: 'EVENT_OVERSOLD' } });
    expect((await house.staff('GET', `spike/${eventId}`)).body.event).toMatchObject({ available: 17, sold: 3 });
    await sequelize.query('UPDATE orders SET quantity = 1 WHERE id = :id', { replacements: { id: orderIds[0] } });
  });
});
