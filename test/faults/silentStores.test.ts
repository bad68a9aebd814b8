import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { connectMysql } from '../../src/stores/mysql/connectMysql.js';
import { withNamedLock } from '../../src/stores/mysql/withNamedLock.js';
import { eventually } from '../helpers/eventually.js';
import { openHouse, type House } from '../helpers/openHouse.js';
import type { Shopper } from '../helpers/openSale.js';
import { openTcpProxy, through, type TcpProxy } from '../helpers/openTcpProxy.js';
import { testMiddleware } from '../helpers/testMiddleware.js';
import { undoAll, type Undo } from '../helpers/undoAll.js';

/**
 * A machine that loses its power or its network closes no connection, and the one that takes its place is reached by new ones
 * only. Whoever waits at an old one waits until TCP gives up, a quarter of an hour later.
 */
const ANSWER_TIMEOUT_MS = 1_000;

const stores = ['mysql', 'redis', 'rabbitmq'] as const;

let house: House;
let proxies: Record<(typeof stores)[number], TcpProxy>;
let opened: Undo[];

beforeEach(async () => {
  opened = [];
  const { urls } = testMiddleware();
  const proxyTo = async (url: string) => {
    const proxy = await openTcpProxy(url);
    opened.push(() => proxy.cut());
    return proxy;
  };
  proxies = {
    mysql: await proxyTo(urls.mysql),
    redis: await proxyTo(urls.redis),
    rabbitmq: await proxyTo(urls.rabbitmq),
  };
  house = await openHouse(({ mysqlUrl, redisUrl, rabbitmqUrl }) => ({
    mysqlUrl: through(proxies.mysql, mysqlUrl),
    redisUrl: through(proxies.redis, redisUrl),
    rabbitmqUrl: through(proxies.rabbitmq, rabbitmqUrl),
    mysqlAnswerTimeoutMs: ANSWER_TIMEOUT_MS,
    storeTimeoutMs: 500,
    publishConfirmTimeoutMs: 1_000,
    relayAfterMs: 400,
  }));
  opened.push(() => house.close());
}, 60_000);

afterEach(() => undoAll(opened), 60_000);

/** Buys until it is accepted: what the page of a shopper does. */
async function insist(shopper: Shopper, eventId: string): Promise<string> {
  const { body } = await eventually(
    async () => {
      const ticket = await house.sale.ticket(shopper, eventId).catch(() => undefined);
      return ticket === undefined ? undefined : house.sale.spend(shopper, eventId, ticket);
    },
    (answer) => answer !== undefined && (answer.status < 300 || answer.body.code === 'LIMIT_REACHED'),
  ).then((answer) => answer!);
  return body.orderId as string;
}

test.each(stores)(
  '%s that falls silent is left for new connections: the sale goes on and nothing is lost',
  async (store) => {
    const eventId = await house.sale.event({ quantity: 3 });
    const [before, after, late] = await house.sale.shoppers(3);
    const first = await insist(before!, eventId);
    await house.sale.orderIn(before!, first, 'ordered');

    proxies[store].silence();

    const second = await insist(after!, eventId);
    await house.sale.orderIn(after!, second, 'ordered');
    expect(
      (
        await eventually(
          () => house.sale.pay(before!, first),
          ({ status }) => status === 200,
        )
      ).status,
    ).toBe(200);
    expect((await insist(late!, eventId)).length).toBeGreaterThan(0);
    const audit = await eventually(
      () => house.staff('GET', `audit?eventId=${eventId}`),
      ({ status, body }) => status === 200 && body.events[0].pending === 0,
    );
    expect(audit.body.events[0]).toMatchObject({ ok: true, available: 0, pending: 0, sold: 3 });
  },
);

test('RabbitMQ that is silent is named to everybody who asks for dead letters, also to whoever waits behind another', async () => {
  const peek = () => house.staff('GET', 'queues/dead');
  await eventually(peek, ({ status }) => status === 200);
  proxies.rabbitmq.silence();
  const unavailable = { status: 503, body: { code: 'STORE_UNAVAILABLE', store: 'rabbitmq' } };
  expect(await Promise.all([peek(), peek()])).toMatchObject([unavailable, unavailable]);
  expect(await eventually(peek, ({ status }) => status === 200)).toMatchObject({ body: { total: 0 } });
});

test('MySQL that is silent on a question fails it, also in a transaction, and keeps what holds a lock and asks nothing', async () => {
  const url = through(proxies.mysql, house.stores.mysqlUrl);
  const sequelize = connectMysql({ url, poolMax: 2, answerTimeoutMs: ANSWER_TIMEOUT_MS });
  opened.push(() => sequelize.close());
  const isHeldByAnother = () => withNamedLock(house.stores.sequelize, 'silence', () => Promise.resolve(false));
  await withNamedLock(sequelize, 'silence', async () => {
    const untilMs = performance.now() + 3 * ANSWER_TIMEOUT_MS;
    await eventually(isHeldByAnother, () => performance.now() > untilMs);
    expect(await isHeldByAnother()).toBeUndefined();
  });
  await expect(
    sequelize.transaction(async (transaction) => {
      await sequelize.query('SELECT 1', { transaction });
      proxies.mysql.silence();
      await sequelize.query('SELECT 1', { transaction });
    }),
  ).rejects.toThrow(`MySQL was silent for ${ANSWER_TIMEOUT_MS} ms`);
  await sequelize.query('SELECT 1');
});
