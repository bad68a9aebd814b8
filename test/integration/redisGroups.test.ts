import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '../helpers/eventually.js';
import { openHouse, type House } from '../helpers/openHouse.js';
import { openRedisCluster, openRedisSentinel, type RedisGroup } from '../helpers/openRedisGroup.js';

const EVENTS = 6;
/** The others find a server dead after some seconds, agree, and the stock is rebuilt; each step waits for its turn on a busy machine. */
const FAILOVER_DEADLINE_MS = 60_000;
const TEST_DEADLINE_MS = 180_000;

describe.each([
  ['a Redis Cluster', openRedisCluster],
  ['a Redis behind Sentinels', openRedisSentinel],
])('over %s', (_name, openGroup) => {
  let group: RedisGroup;
  let house: House;

  beforeAll(async () => {
    group = await openGroup();
    house = await openHouse({ redisUrl: group.url });
  }, TEST_DEADLINE_MS);
  afterAll(async () => {
    await house?.close();
    await group?.close();
  });

  async function events(options: Parameters<House['sale']['event']>[0]): Promise<string[]> {
    const eventIds: string[] = [];
    for (let count = 0; count < EVENTS; count += 1) eventIds.push(await house.sale.event(options));
    return eventIds;
  }

  test('events on all nodes sell every unit once, and a unit that returns is sold again', async () => {
    const { sale } = house;
    const eventIds = await events({ quantity: 3 });
    const shoppers = await sale.shoppers(5);
    for (const eventId of eventIds) {
      const answers = await Promise.all(shoppers.map((shopper) => sale.buy(shopper, eventId)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 409, 409]);
      const winner = answers.findIndex(({ status }) => status === 200);
      const { orderId } = answers[winner]!.body as { orderId: string };
      await sale.orderIn(shoppers[winner]!, orderId, 'ordered');
      expect((await sale.cancel(shoppers[winner]!, orderId)).status).toBe(200);
      const loser = shoppers[answers.findIndex(({ status }) => status === 409)]!;
      await eventually(
        () => sale.buy(loser, eventId),
        ({ status }) => status === 200,
      );
      expect(await sale.auditAtRest(eventId)).toMatchObject({ ok: true, available: 0, sold: 3 });
    }
  });

  test('what reads many keys at once finds them wherever they lie', async () => {
    const { sale, staff } = house;
    const rule = [{ name: 'base', rule: { age: { min: 18 } } }];
    const eventIds = await events({ rule });
    const shoppers = await sale.shoppers(4);
    for (let look = 0; look < 2; look += 1) {
      for (const shopper of shoppers) for (const eventId of eventIds) await sale.ticket(shopper, eventId);
    }
    const { body } = await staff('GET', `spike/${eventIds[0]}`);
    expect(body.event).toMatchObject({ available: 100, outcomes: { accepted: 0 } });
    expect((await staff('POST', `spike/${eventIds[0]}/warm`)).status).toBe(200);
    expect((await staff('PUT', 'limits', { body: { userBurst: 41 } })).status).toBe(200);
  });

  test(
    'when the primary of an event dies the sale stops, and goes on from what MySQL knows',
    async () => {
      const { sale } = house;
      const eventId = await sale.event({ quantity: 20 });
      const shoppers = await sale.shoppers(20);
      const orderIds = await Promise.all(
        shoppers.slice(0, 10).map(async (shopper) => (await sale.buy(shopper, eventId)).body.orderId as string),
      );
      await group.killPrimaryOf(sale.redis.keys.event(eventId));
      for (const shopper of shoppers.slice(10)) {
        const answer = await eventually(
          () => sale.buy(shopper, eventId).catch((error: unknown) => ({ status: 0, body: { msg: String(error) } })),
          ({ status }) => status === 200,
          FAILOVER_DEADLINE_MS,
        );
        orderIds.push((answer.body as { orderId: string }).orderId);
      }
      expect(await sale.auditAtRest(eventId)).toMatchObject({ ok: true, available: 0, sold: 20 });
      for (const [index, orderId] of orderIds.entries()) await sale.orderIn(shoppers[index]!, orderId, 'ordered');
      expect((await sale.buy((await sale.shoppers(1))[0]!, eventId)).body.code).toBe('SOLD_OUT');
    },
    TEST_DEADLINE_MS,
  );
});
