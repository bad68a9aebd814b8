import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'amqplib';
import { createAccessService } from '../../src/services/access/createAccessService.js';
import { createOrderService } from '../../src/services/order/createOrderService.js';
import { createSpikeService } from '../../src/services/spike/createSpikeService.js';
import type { Config } from '../../src/config/settings.js';
import { topology } from '../../src/stores/rabbitmq/topology.js';
import { encodeOrders } from '../../src/stores/rabbitmq/orderMessage.js';
import { findHeldOrders } from '../../src/stores/redis/pending.js';
import { isLifeCurrent } from '../../src/stores/redis/events.js';
import { eventually } from '../helpers/eventually.js';
import { openPrivateRedis, type PrivateRedis } from '../helpers/openPrivateRedis.js';
import { openSale, type Sale, type Shopper } from '../helpers/openSale.js';
import { openStores, type TestStores } from '../helpers/openStores.js';
import { openTcpProxy, through, type TcpProxy } from '../helpers/openTcpProxy.js';
import { serve, testConfig, type Served } from '../helpers/serve.js';
import { undoAll, type Undo } from '../helpers/undoAll.js';

/** The services inside the test, each store behind a proxy that can be cut, and a Redis that can be killed. */
interface Scene {
  stores: TestStores;
  sale: Sale;
  mysql: TcpProxy;
  rabbitmq: TcpProxy;
  redis: PrivateRedis;
  startOrder(): Promise<void>;
  stopOrder(): Promise<void>;
  close(): Promise<void>;
}

const QUICK: Partial<Config> = {
  expireIntervalMs: 100,
  lifeCheckIntervalMs: 100,
  // Longer than a publish waits for its confirm, as it has to be: what was promised is in the queue when the stock is rebuilt.
  rebuildQuietMs: 2_500,
  relayIntervalMs: 100,
  relayAfterMs: 400,
  publishConfirmTimeoutMs: 2_000,
  // Whoever asks again and again until it sells is not to be told to slow down.
  userRatePerSecond: 1_000,
  userBurst: 1_000,
};

/** For a rebuild: the others notice, the quiet time passes, the queue is drained. */
const SELLING_WITHIN_MS = 60_000;
const TEST_DEADLINE_MS = 120_000;
jest.setTimeout(TEST_DEADLINE_MS);

let scene: Scene;
beforeEach(async () => {
  scene = await openScene(QUICK);
}, 60_000);
afterEach(() => scene.close(), 60_000);

async function openScene(overrides: Partial<Config>): Promise<Scene> {
  const opened: Undo[] = [];
  const close = () => undoAll(opened);
  const open = async <T>(opening: Promise<T>, undo: (it: T) => unknown): Promise<T> => {
    const it = await opening;
    opened.push(() => undo(it));
    return it;
  };
  try {
    const { stores: shared } = await open(openStores(), (it) => it.close());
    const redis = await open(openPrivateRedis(), (it) => it.stop());
    const stores = { ...shared, redisUrl: redis.url };
    const mysql = await open(openTcpProxy(stores.mysqlUrl), (it) => it.cut());
    const rabbitmq = await open(openTcpProxy(stores.rabbitmqUrl), (it) => it.cut());
    const config = {
      ...testConfig(stores, overrides),
      mysqlUrl: through(mysql, stores.mysqlUrl),
      rabbitmqUrl: through(rabbitmq, stores.rabbitmqUrl),
    };
    const access = await open(serve(createAccessService, config), (it) => it.stop());
    const all = { ...config, accessUrl: access.url };
    let order: Served | undefined = await open(serve(createOrderService, all), () => order?.stop());
    const spike = await open(serve(createSpikeService, all), (it) => it.stop());
    const urls = { spike: spike.url, order: order.url };
    const sale = await open(openSale(stores, urls, config), (it) => it.close());
    // From then on an event that Redis does not have is one that does not exist.
    await eventually(
      () => isLifeCurrent(sale.redis),
      (isCurrent) => isCurrent,
    );
    return {
      stores,
      sale,
      mysql,
      rabbitmq,
      redis,
      async startOrder() {
        order = await serve(createOrderService, all);
        urls.order = order.url;
      },
      async stopOrder() {
        await order?.stop();
        order = undefined;
      },
      close,
    };
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
}

interface Bought {
  shopper: Shopper;
  orderId: string;
  status: number;
}

/** Everybody buys at once; who is refused is left out. */
async function rush(eventId: string, shoppers: readonly Shopper[], tickets: readonly string[]): Promise<Bought[]> {
  const answers = await Promise.all(
    shoppers.map((shopper, index) => scene.sale.spend(shopper, eventId, tickets[index]!)),
  );
  return answers.flatMap(({ status, body }, index) =>
    status < 300 ? [{ shopper: shoppers[index]!, orderId: body.orderId as string, status }] : [],
  );
}

async function crowd(eventId: string, count: number) {
  const shoppers = await scene.sale.shoppers(count);
  const tickets = await Promise.all(shoppers.map((shopper) => scene.sale.ticket(shopper, eventId)));
  return { shoppers, tickets };
}

async function expectStored(bought: readonly Bought[]): Promise<void> {
  for (const { shopper, orderId } of bought) await scene.sale.orderIn(shopper, orderId, 'ordered');
}

async function untilSelling(eventId: string, shopper: Shopper): Promise<void> {
  await eventually(
    () => scene.sale.ticket(shopper, eventId).catch((error: unknown) => error),
    (handed) => typeof handed === 'string',
    SELLING_WITHIN_MS,
  );
}

describe('the broker is away', () => {
  test('purchases are answered 202, are found as pending, and are stored when it is back', async () => {
    const eventId = await scene.sale.event({ quantity: 20 });
    const { shoppers, tickets } = await crowd(eventId, 30);
    await scene.rabbitmq.cut();
    const bought = await rush(eventId, shoppers, tickets);
    expect(bought.map(({ status }) => status)).toEqual(Array(20).fill(202));
    for (const { shopper, orderId } of bought) {
      expect((await scene.sale.order(shopper, orderId)).body.order).toMatchObject({ id: orderId, state: 'pending' });
    }
    await scene.rabbitmq.mend();
    await expectStored(bought);
    expect(await scene.sale.auditAtRest(eventId)).toMatchObject({ ok: true, available: 0, pending: 0, sold: 20 });
  });
});

describe('the broker is away for long', () => {
  beforeEach(async () => {
    await scene.close();
    scene = await openScene({ ...QUICK, pendingMax: 5 });
  }, 60_000);

  test('pending grows to its bound; then the answer is 503 with Retry-After, and never "sold out"', async () => {
    const eventId = await scene.sale.event({ quantity: 20 });
    const { shoppers, tickets } = await crowd(eventId, 10);
    await scene.rabbitmq.cut();
    const answers = [];
    for (const [index, shopper] of shoppers.entries()) {
      answers.push(await scene.sale.spend(shopper, eventId, tickets[index]!));
    }
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202, 503, 503, 503, 503, 503]);
    expect(answers[9]).toMatchObject({ body: { code: 'OVERLOADED' } });
    expect(answers[9]!.headers.get('retry-after')).toBe('1');
    await scene.rabbitmq.mend();
    expect(await scene.sale.auditAtRest(eventId)).toMatchObject({ ok: true, available: 15, sold: 5 });
    // The spike service has a connection of its own, which may be back a moment later than that of the relay: 200 or 202.
    const { orderId } = (await scene.sale.spend(shoppers[9]!, eventId, tickets[9]!)).body;
    await scene.sale.orderIn(shoppers[9]!, orderId, 'ordered');
  });
});

describe('MySQL is away', () => {
  test('the sale goes on, buyers find their orders as pending, and all are stored when it is back', async () => {
    const eventId = await scene.sale.event({ quantity: 20 });
    const { shoppers, tickets } = await crowd(eventId, 30);
    await scene.mysql.cut();
    const bought = await rush(eventId, shoppers, tickets);
    expect(bought.map(({ status }) => status)).toEqual(Array(20).fill(200));
    const { shopper, orderId } = bought[0]!;
    expect((await scene.sale.order(shopper, orderId)).body.order).toMatchObject({ state: 'pending' });
    await sleep(1_500);
    await scene.mysql.mend();
    await expectStored(bought);
    expect(await scene.sale.auditAtRest(eventId)).toMatchObject({ ok: true, available: 0, pending: 0, sold: 20 });
  });
});

describe('MySQL is there and ill', () => {
  test('dead-letters nothing: orders wait until it takes them', async () => {
    const { sale, stores } = scene;
    const eventId = await sale.event({ quantity: 20 });
    const { shoppers, tickets } = await crowd(eventId, 5);
    await stores.sequelize.query('RENAME TABLE purchase_counts TO purchase_counts_away');
    const bought = await rush(eventId, shoppers, tickets);
    expect(bought).toHaveLength(5);
    await sleep(1_000);
    expect(await deadCount(stores.rabbitmqUrl)).toBe(0);
    await stores.sequelize.query('RENAME TABLE purchase_counts_away TO purchase_counts');
    await expectStored(bought);
    expect(await sale.auditAtRest(eventId)).toMatchObject({ ok: true, sold: 5, deadLettered: [] });
  });
});

describe('an edit whose answer was lost', () => {
  test('reaches Redis by itself', async () => {
    const { sale } = scene;
    const eventId = await sale.event();
    const [shopper] = (await sale.shoppers(1)) as [Shopper];
    await sale.redis.client.hset(sale.redis.keys.event(eventId), 'paused', '1');
    expect((await sale.order(shopper, `${eventId}-none`)).status).toBe(404);
    await untilSelling(eventId, shopper);
    expect((await sale.buy(shopper, eventId)).status).toBe(200);
  });
});

describe('the order service is away', () => {
  test('what was sold meanwhile is stored when it is back', async () => {
    const eventId = await scene.sale.event({ quantity: 20 });
    const { shoppers, tickets } = await crowd(eventId, 20);
    await scene.stopOrder();
    const bought = await rush(eventId, shoppers, tickets);
    expect(bought).toHaveLength(20);
    await scene.startOrder();
    await expectStored(bought);
    expect(await scene.sale.auditAtRest(eventId)).toMatchObject({ ok: true, sold: 20 });
  });
});

describe('Redis', () => {
  test('that is away is never reported as "sold out"', async () => {
    const eventId = await scene.sale.event({ quantity: 2 });
    const { shoppers, tickets } = await crowd(eventId, 2);
    await scene.sale.spend(shoppers[0]!, eventId, tickets[0]!);
    await scene.redis.kill();
    const answer = await scene.sale.spend(shoppers[1]!, eventId, tickets[1]!);
    expect(answer).toMatchObject({ status: 503, body: { code: 'STORE_UNAVAILABLE' } });
    expect(answer.headers.get('retry-after')).toMatch(/^[0-9]+$/);
    await scene.redis.start();
  });

  test('that was killed and started again sells nothing before the rebuild, then exactly the rest', async () => {
    const eventId = await scene.sale.event({ quantity: 20 });
    const { shoppers, tickets } = await crowd(eventId, 40);
    const before = await rush(eventId, shoppers.slice(0, 12), tickets.slice(0, 12));
    await scene.redis.kill();
    await scene.redis.start();
    await untilSelling(eventId, shoppers[0]!);
    const after = await rush(eventId, shoppers.slice(12), tickets.slice(12));
    expect([before.length, after.length]).toEqual([12, 8]);
    await expectStored([...before, ...after]);
    expect(await scene.sale.auditAtRest(eventId)).toMatchObject({ ok: true, available: 0, pending: 0, sold: 20 });
  });

  test('that comes back empty is rebuilt: nothing is oversold, no confirmed order is lost, buyers keep their orders', async () => {
    const eventId = await scene.sale.event({ quantity: 20 });
    const { shoppers, tickets } = await crowd(eventId, 40);
    const before = await rush(eventId, shoppers.slice(0, 12), tickets.slice(0, 12));
    await scene.redis.kill();
    await scene.redis.wipe();
    await scene.redis.start();
    await untilSelling(eventId, shoppers[0]!);
    const after = await rush(eventId, shoppers.slice(12), tickets.slice(12));
    expect([before.length, after.length]).toEqual([12, 8]);
    await expectStored([...before, ...after]);
    const again = await scene.sale.spend(shoppers[0]!, eventId, tickets[0]!);
    expect(again).toMatchObject({ status: 409, body: { code: 'ALREADY_ORDERED', orderId: before[0]!.orderId } });
    expect(await scene.sale.auditAtRest(eventId)).toMatchObject({ ok: true, available: 0, pending: 0, sold: 20 });
  });

  test('that comes back with data of ten purchases ago is rebuilt from the truth', async () => {
    const eventId = await scene.sale.event({ quantity: 20 });
    const { shoppers, tickets } = await crowd(eventId, 40);
    const early = await rush(eventId, shoppers.slice(0, 2), tickets.slice(0, 2));
    await scene.sale.auditAtRest(eventId);
    await scene.redis.keep();
    const late = await rush(eventId, shoppers.slice(2, 12), tickets.slice(2, 12));
    await expectStored(late);
    await scene.redis.kill();
    await scene.redis.rewind();
    await scene.redis.start();
    await untilSelling(eventId, shoppers[0]!);
    const after = await rush(eventId, shoppers.slice(12), tickets.slice(12));
    expect([early.length, late.length, after.length]).toEqual([2, 10, 8]);
    expect(await scene.sale.auditAtRest(eventId)).toMatchObject({ ok: true, available: 0, pending: 0, sold: 20 });
  });

  test('killed in the middle of a rush loses no order that was answered 200', async () => {
    const eventId = await scene.sale.event({ quantity: 100 });
    const { shoppers, tickets } = await crowd(eventId, 150);
    const rushing = Promise.all(
      [0, 1, 2].map(async (wave) => {
        await sleep(wave * 15);
        return rush(eventId, shoppers.slice(wave * 50, wave * 50 + 50), tickets.slice(wave * 50, wave * 50 + 50));
      }),
    );
    await sleep(18);
    await scene.redis.kill();
    await scene.redis.start();
    const bought = (await rushing).flat();
    await untilSelling(eventId, shoppers[0]!);
    await expectStored(bought.filter(({ status }) => status === 200));
    const audit = await scene.sale.auditAtRest(eventId);
    expect(audit).toMatchObject({ ok: true, pending: 0 });
    expect(audit.available! + audit.sold).toBe(100);
  });

  test('and everything else at once, with a purchase between Redis and the broker: the order appears', async () => {
    const eventId = await scene.sale.event({ quantity: 20 });
    const { shoppers, tickets } = await crowd(eventId, 8);
    await scene.rabbitmq.cut();
    const bought = await rush(eventId, shoppers, tickets);
    expect(bought.map(({ status }) => status)).toEqual(Array(8).fill(202));
    await scene.stopOrder();
    await scene.mysql.cut();
    await scene.redis.kill();

    await scene.redis.start();
    await scene.mysql.mend();
    await scene.rabbitmq.mend();
    await scene.startOrder();
    await expectStored(bought);
    expect(await scene.sale.auditAtRest(eventId)).toMatchObject({ ok: true, available: 12, pending: 0, sold: 8 });
  });
});

describe('a message that cannot be handled', () => {
  test('goes to the dead-letter queue alone: the other orders of its batch are stored, and audit names it', async () => {
    const { sale, stores } = scene;
    const eventId = await sale.event({ quantity: 20 });
    const [good, bad] = (await sale.shoppers(2)) as [Shopper, Shopper];
    // MySQL has already counted the unit that Redis will give to the second buyer: a CHECK will refuse it.
    await stores.sequelize.query(
      'INSERT INTO purchase_counts (event_id, user_id, units, units_max) VALUES (:eventId, :userId, 1, 1)',
      { replacements: { eventId, userId: bad.userId } },
    );
    await scene.stopOrder();
    const first = (await sale.buy(good, eventId)).body.orderId as string;
    const second = (await sale.buy(bad, eventId)).body.orderId as string;
    await publishRaw(stores.rabbitmqUrl, Buffer.from('not even JSON'));
    await scene.startOrder();
    await sale.orderIn(good, first, 'ordered');
    const audit = await eventually(
      () => sale.audit(eventId),
      ({ deadLettered }) => deadLettered.length > 0,
    );
    expect(audit).toMatchObject({ ok: false, deadLettered: [second], lost: [], oversold: 0, pending: 1, sold: 1 });
    // What was never readable goes there by the broker, in its own time.
    await eventually(
      () => deadCount(stores.rabbitmqUrl),
      (count) => count === 2,
    );
    // The relay leaves a parked reservation alone.
    await sleep(1_500);
    expect(await deadCount(stores.rabbitmqUrl)).toBe(2);
  });

  test('of an event that does not exist is dead-lettered and stops nothing', async () => {
    const { sale, stores } = scene;
    const eventId = await sale.event({ quantity: 20 });
    const [shopper] = (await sale.shoppers(1)) as [Shopper];
    const stray = {
      orderId: '999999-01ARZ3NDEKTSV4RRFFQ69G5FAV',
      eventId: '999999',
      userId: shopper.userId,
      quantity: 1,
      reservedAtMs: Date.now(),
      sequence: 1,
      priceCents: 1,
      purchaseLimit: 1,
      ticketId: 'a',
    };
    await publishRaw(stores.rabbitmqUrl, encodeOrders('999999', 1, [stray]));
    const { orderId } = (await sale.buy(shopper, eventId)).body;
    await sale.orderIn(shopper, orderId, 'ordered');
    expect(await deadCount(stores.rabbitmqUrl)).toBe(1);
  });
});

describe('a unit that returns', () => {
  test('while Redis is away is sold again when it is back, once', async () => {
    const { sale } = scene;
    const eventId = await sale.event({ quantity: 1 });
    const [first, second] = (await sale.shoppers(2)) as [Shopper, Shopper];
    const { orderId } = (await sale.buy(first, eventId)).body;
    await sale.orderIn(first, orderId, 'ordered');
    await sale.auditAtRest(eventId);
    await scene.redis.kill();
    expect((await sale.cancel(first, orderId)).body.order.state).toBe('cancelled');
    await scene.redis.start();
    await untilSelling(eventId, second);
    expect((await sale.buy(second, eventId)).status).toBe(200);
    expect((await sale.buy(first, eventId)).body.code).toBe('SOLD_OUT');
    expect(await findHeldOrders(sale.redis, eventId, first.userId)).toEqual([]);
    expect(await sale.auditAtRest(eventId)).toMatchObject({ ok: true, available: 0, sold: 1 });
  });
});

async function publishRaw(url: string, content: Buffer): Promise<void> {
  const connection = await connect(url);
  const channel = await connection.createConfirmChannel();
  channel.publish(topology.exchange, topology.routingKey, content, { persistent: true });
  await channel.waitForConfirms();
  await connection.close();
}

async function deadCount(url: string): Promise<number> {
  const connection = await connect(url);
  const channel = await connection.createChannel();
  const { messageCount } = await channel.checkQueue(topology.deadQueue);
  await connection.close();
  return messageCount;
}
