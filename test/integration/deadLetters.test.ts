import { connect } from 'amqplib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { topology } from '../../src/stores/rabbitmq/topology.js';
import { makeDeadOrder } from '../helpers/deadOrder.js';
import { eventually } from '../helpers/eventually.js';
import { openHouse, type House } from '../helpers/openHouse.js';

let house: House;

beforeAll(async () => {
  house = await openHouse();
}, 60_000);
afterAll(() => house.close());
afterEach(async () => {
  await house.staff('POST', 'queues/dead/purge', { body: {} });
});

const deadOrder = () => makeDeadOrder(house);

async function untilDead(eventId: string, orderId: string): Promise<void> {
  await eventually(
    () => house.sale.audit(eventId),
    ({ deadLettered }) => deadLettered.includes(orderId),
  );
}

function peek(query = '') {
  return house.staff('GET', `queues/dead${query}`, { as: 'viewer' });
}

function replay(body: object = {}) {
  return house.staff('POST', 'queues/dead/replay', { body, as: 'operator' });
}

async function publishRaw(content: Buffer): Promise<void> {
  const connection = await connect(house.stores.rabbitmqUrl);
  const channel = await connection.createConfirmChannel();
  channel.publish(topology.deadExchange, topology.routingKey, content, { persistent: true, mandatory: true });
  await channel.waitForConfirms();
  await connection.close();
}

describe('dead letters', () => {
  test('are looked at with their orders and the reason, as often as one likes, and stay', async () => {
    const { eventId, shopper, orderId } = await deadOrder();
    for (let look = 0; look < 25; look += 1) {
      expect((await peek()).body).toMatchObject({
        total: 1,
        letters: [
          {
            eventId,
            reason: expect.stringMatching(/purchase_counts/),
            orders: [{ id: orderId, userId: shopper.userId, quantity: 1 }],
            unreadable: null,
          },
        ],
      });
    }
  });

  test('are still dead letters after a rebuild: nobody sends them once more, and the audit names them', async () => {
    const { eventId, orderId } = await deadOrder();
    const { body } = await house.staff('POST', `spike/${eventId}/reconcile`);
    await eventually(
      async () => (await house.staff('GET', `spike/${eventId}`)).body.event,
      ({ fence, available }) => Number(fence) > Number(body.event.fence) && available !== null,
    );
    expect(await house.sale.audit(eventId)).toMatchObject({ deadLettered: [orderId], pending: 1 });
    expect((await peek()).body.total).toBe(1);
  });

  test('that cannot be read are shown as they are, and a replay leaves them', async () => {
    await publishRaw(Buffer.from('not even JSON'));
    expect((await peek()).body.letters).toMatchObject([{ eventId: null, orders: [], unreadable: 'not even JSON' }]);
    expect((await replay()).body).toMatchObject({ letters: 0, orders: 0, unreadable: 1, left: 1 });
    expect((await peek()).body.total).toBe(1);
  });

  test('are all there for a purge right behind a look', async () => {
    for (let round = 0; round < 20; round += 1) {
      await Promise.all(['a', 'b', 'c', 'd', 'e'].map((content) => publishRaw(Buffer.from(content))));
      await peek();
      const { body } = await house.staff('POST', 'queues/dead/purge', { body: {} });
      expect(body).toMatchObject({ letters: 5, left: 0 });
    }
  });
});

describe('a replay', () => {
  test('brings the order home when what stood in its way is gone', async () => {
    const { eventId, shopper, orderId, mend } = await deadOrder();
    await mend();
    expect((await replay()).body).toMatchObject({ letters: 1, orders: 1, left: 0 });
    await house.sale.orderIn(shopper, orderId, 'ordered');
    expect(await house.sale.auditAtRest(eventId)).toMatchObject({ ok: true, sold: 1, deadLettered: [] });
    expect(await house.lastRecord()).toMatchObject({
      actor: 'operator',
      action: 'queue.replay',
      after: { letters: 1, orders: 1, orderIds: [orderId] },
    });
  });

  test('of an order that is refused again ends, and the letter is there again', async () => {
    const { eventId, orderId } = await deadOrder();
    expect((await replay()).body).toMatchObject({ letters: 1 });
    await untilDead(eventId, orderId);
    await eventually(
      () => peek(),
      ({ body }) => body.total === 1,
    );
  });

  test('of a letter that is there twice stores its order once', async () => {
    const { eventId, shopper, orderId, mend } = await deadOrder();
    const connection = await connect(house.stores.rabbitmqUrl);
    const channel = await connection.createChannel();
    const message = await channel.get(topology.deadQueue);
    if (message === false) throw new Error('there is no dead letter');
    channel.nack(message);
    await channel.close();
    await connection.close();
    await publishRaw(message.content);
    await mend();
    expect((await replay()).body).toMatchObject({ letters: 2 });
    await house.sale.orderIn(shopper, orderId, 'ordered');
    expect(await house.sale.auditAtRest(eventId)).toMatchObject({ ok: true, available: 19, sold: 1 });
  });

  test('of one event leaves the letters of the others where they are', async () => {
    const first = await deadOrder();
    const second = await deadOrder();
    await second.mend();
    expect((await replay({ eventId: second.eventId })).body).toMatchObject({ letters: 1, left: 1 });
    await house.sale.orderIn(second.shopper, second.orderId, 'ordered');
    expect((await peek()).body.letters).toMatchObject([{ eventId: first.eventId }]);
    expect((await peek(`?eventId=${second.eventId}`)).body.letters).toEqual([]);
  });
});

describe('a purge', () => {
  test('cancels the orders by name, returns their units, and lets the buyer buy again', async () => {
    const { eventId, shopper, orderId, mend } = await deadOrder();
    const answer = await house.staff('POST', 'queues/dead/purge', { body: {}, as: 'operator' });
    expect(answer.body).toMatchObject({ letters: 1, orders: 1, left: 0 });
    expect((await house.sale.order(shopper, orderId)).body).toMatchObject({
      order: { id: orderId, state: 'cancelled' },
    });
    await mend();
    expect(await house.sale.auditAtRest(eventId)).toMatchObject({ ok: true, available: 20, sold: 0, deadLettered: [] });
    expect((await house.sale.buy(shopper, eventId)).status).toBe(200);
    expect(await house.lastRecord()).toMatchObject({ action: 'queue.purge', after: { orderIds: [orderId] } });
  });

  test('of an order that MySQL has by now changes nothing about it', async () => {
    const { eventId, shopper, orderId, mend } = await deadOrder();
    const { body } = await peek();
    await mend();
    await replay();
    await house.sale.orderIn(shopper, orderId, 'ordered');
    const { orders } = body.letters[0];
    const old = [orderId, shopper.userId, 1, Date.parse(orders[0].reservedAt), 1, 999, 1, 'ticket'];
    await publishRaw(Buffer.from(JSON.stringify({ v: 1, eventId, fence: 1, orders: [old] })));
    expect((await house.staff('POST', 'queues/dead/purge', { body: {} })).body).toMatchObject({
      letters: 1,
      orders: 0,
    });
    expect((await house.sale.order(shopper, orderId)).body.order.state).toBe('ordered');
    expect(await house.sale.auditAtRest(eventId)).toMatchObject({ ok: true, sold: 1 });
  });

  test('and a replay are not for a viewer', async () => {
    for (const verb of ['replay', 'purge'])
      expect(await house.staff('POST', `queues/dead/${verb}`, { body: {}, as: 'viewer' })).toMatchObject({
        status: 403,
      });
  });
});
