import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { setSaleEventQuantity } from '../../src/stores/mysql/saleEvents.js';
import { readEvent } from '../../src/stores/redis/events.js';
import { setQuantity } from '../../src/stores/redis/setQuantity.js';
import { eventually } from '../helpers/eventually.js';
import { openHouse, type House } from '../helpers/openHouse.js';

let house: House;

beforeAll(async () => {
  house = await openHouse();
}, 60_000);
afterAll(() => house.close());

function restock(eventId: string, body: object, as: 'viewer' | 'operator' = 'operator') {
  return house.staff('POST', `spike/${eventId}/restock`, { body, as });
}

async function inRedis(eventId: string) {
  const reading = await readEvent(house.sale.redis, eventId);
  return reading.code === 'NO_EVENT' ? undefined : reading.event;
}

describe('restock', () => {
  test('lets a sold-out event sell again at once, and the stores agree', async () => {
    const eventId = await house.sale.event({ quantity: 1 });
    const [first, second, third] = await house.sale.shoppers(3);
    await house.sale.buy(first!, eventId);
    expect((await house.sale.buy(second!, eventId)).body).toMatchObject({ code: 'SOLD_OUT' });
    expect(await restock(eventId, { by: 1 })).toMatchObject({
      status: 200,
      body: { event: { quantity: 2, available: 1 } },
    });
    expect((await house.sale.buy(second!, eventId)).status).toBe(200);
    expect((await house.sale.buy(third!, eventId)).body).toMatchObject({ code: 'SOLD_OUT' });
    expect(await house.sale.auditAtRest(eventId)).toMatchObject({ ok: true, quantity: 2, available: 0, sold: 2 });
  });

  test('takes units down to what is free, and not one more', async () => {
    const eventId = await house.sale.event({ quantity: 10 });
    const [buyer] = await house.sale.shoppers(1);
    await house.sale.buy(buyer!, eventId);
    const refused = await restock(eventId, { quantity: 0 });
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'NOT_ENOUGH_FREE', available: 9, quantity: 10, quantityMin: 1 },
    });
    // More than there are is told as much as fewer than are taken.
    expect(await restock(eventId, { by: -500 })).toMatchObject({
      status: 409,
      body: { code: 'NOT_ENOUGH_FREE', available: 9, quantity: 10, quantityMin: 1 },
    });
    expect(await restock(eventId, { quantity: 1 })).toMatchObject({ status: 200, body: { event: { quantity: 1 } } });
    expect(await house.sale.auditAtRest(eventId)).toMatchObject({ ok: true, quantity: 1, available: 0, sold: 1 });
  });

  test('is written down with who, before and after', async () => {
    const eventId = await house.sale.event({ quantity: 5 });
    await restock(eventId, { by: 3 });
    expect(await house.lastRecord()).toMatchObject({
      actor: 'operator',
      action: 'event.restock',
      targetId: eventId,
      before: { quantity: 5 },
      after: { quantity: 8 },
    });
  });

  test('to the quantity that there is changes nothing and is not written down', async () => {
    const eventId = await house.sale.event({ quantity: 5 });
    const before = await house.lastRecord();
    expect(await restock(eventId, { quantity: 5 })).toMatchObject({ status: 200, body: { event: { quantity: 5 } } });
    expect(await house.lastRecord()).toEqual(before);
  });

  test('is not for a viewer, nor for an event that is closed or does not exist', async () => {
    const eventId = await house.sale.event({ quantity: 5 });
    expect(await restock(eventId, { by: 1 }, 'viewer')).toMatchObject({ status: 403 });
    expect(await restock('999999', { by: 1 })).toMatchObject({ status: 404 });
    await house.staff('POST', `spike/${eventId}/close`);
    expect(await restock(eventId, { by: 1 })).toMatchObject({ status: 409, body: { code: 'EVENT_STATE' } });
    expect(await inRedis(eventId)).toMatchObject({ quantity: 5, available: 5 });
  });

  test.each([[{ by: 0 }], [{ by: 1, quantity: 3 }], [{}], [{ quantity: -1 }], [{ by: 1.5 }], [{ by: 1e9 }]])(
    'refuses %j',
    async (body) => {
      const eventId = await house.sale.event({ quantity: 5 });
      expect(await restock(eventId, body)).toMatchObject({ status: 400, body: { code: 'BAD_INPUT' } });
    },
  );

  test('of a stock that Redis has lost takes nothing: it is told to wait', async () => {
    const eventId = await house.sale.event({ quantity: 5 });
    await house.stopOrder();
    try {
      await house.stores.redis.hset(`${house.stores.redisKeyPrefix}:{event:${eventId}}:event`, 'runId', 'another');
      expect(await restock(eventId, { by: -1 })).toMatchObject({ status: 503, body: { code: 'STOCK_REBUILDING' } });
      // More units are MySQL's to remember; the rebuild brings them.
      expect(await restock(eventId, { by: 2 })).toMatchObject({ status: 200, body: { event: { quantity: 7 } } });
    } finally {
      await house.startOrder();
    }
    await eventually(
      () => inRedis(eventId),
      (event) => event?.available === 7 && event.quantity === 7,
    );
  });

  test('that died between MySQL and Redis is finished by the order service, in either direction', async () => {
    const { sequelize } = house.stores;
    const added = await house.sale.event({ quantity: 5 });
    await sequelize.transaction((transaction) => setSaleEventQuantity(sequelize, added, 9, transaction));
    const taken = await house.sale.event({ quantity: 5 });
    await setQuantity(house.sale.redis, { id: taken, fence: 1 }, 2);
    await eventually(
      () => Promise.all([inRedis(added), inRedis(taken)]),
      ([first, second]) => first?.available === 9 && second?.available === 5,
    );
    for (const eventId of [added, taken]) expect(await house.sale.auditAtRest(eventId)).toMatchObject({ ok: true });
  });

  test('in both directions while buyers rush oversells nothing and loses nobody', async () => {
    const eventId = await house.sale.event({ quantity: 20 });
    const shoppers = await house.sale.shoppers(60);
    const changes = [{ by: 5 }, { by: -3 }, { by: 4 }, { by: -8 }, { by: 2 }, { by: -1 }, { by: 6 }, { by: -2 }];
    const [answers] = await Promise.all([
      Promise.all(shoppers.map((shopper) => house.sale.buy(shopper, eventId))),
      Promise.all(changes.map((change) => restock(eventId, change))),
    ]);
    const accepted = answers.filter(({ status }) => status === 200 || status === 202).length;
    const audit = await house.sale.auditAtRest(eventId);
    expect(audit).toMatchObject({ ok: true, sold: accepted, pending: 0 });
    expect(audit.available! + audit.sold).toBe(audit.quantity);
  });
});
