import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTicketKeeper } from '../../src/domain/ticket.js';
import { createTokens } from '../../src/http/tokens.js';
import { createAccessService } from '../../src/services/access/createAccessService.js';
import { createOrderService } from '../../src/services/order/createOrderService.js';
import { createSpikeService } from '../../src/services/spike/createSpikeService.js';
import { denyUser } from '../../src/stores/mysql/denyList.js';
import { findSaleEvent, updateSaleEvent, type SaleEventChanges } from '../../src/stores/mysql/saleEvents.js';
import { isLifeCurrent, updateEventFields } from '../../src/stores/redis/events.js';
import { bumpUserVersion } from '../../src/stores/redis/userVersions.js';
import { ask, type Answered } from '../helpers/ask.js';
import { eventually } from '../helpers/eventually.js';
import { openSale, type Sale, type Shopper } from '../helpers/openSale.js';
import { openStores, type TestStores } from '../helpers/openStores.js';
import { serve, testConfig, type Served } from '../helpers/serve.js';

let stores: TestStores;
let closeStores: () => Promise<void>;
let services: Served[];
let spike: Served;
let order: Served;
let sale: Sale;

beforeAll(async () => {
  ({ stores, close: closeStores } = await openStores());
  const config = testConfig(stores, { expireIntervalMs: 100, lifeCheckIntervalMs: 100, rebuildQuietMs: 100 });
  const access = await serve(createAccessService, config);
  const configWithAccess = { ...config, accessUrl: access.url };
  order = await serve(createOrderService, configWithAccess);
  spike = await serve(createSpikeService, configWithAccess);
  services = [spike, order, access];
  sale = await openSale(stores, { spike: spike.url, order: order.url }, config);
  // From then on an event that Redis does not have is one that does not exist.
  await eventually(
    () => isLifeCurrent(sale.redis),
    (isCurrent) => isCurrent,
  );
});

afterAll(async () => {
  await sale.close();
  for (const service of services) await service.stop();
  await closeStores();
});

/** As the admin service does it: MySQL first, then Redis. */
async function change(eventId: string, changes: SaleEventChanges): Promise<void> {
  const event = await stores.sequelize.transaction(async (transaction) => {
    await updateSaleEvent(stores.sequelize, eventId, changes, transaction);
    return (await findSaleEvent(stores.sequelize, eventId, { transaction }))!;
  });
  await updateEventFields(sale.redis, event);
}

async function oneShopper(): Promise<Shopper> {
  return (await sale.shoppers(1))[0]!;
}

describe('a purchase', () => {
  test('is answered with an order that is found at once, and stored, paid and counted', async () => {
    const eventId = await sale.event({ quantity: 5 });
    const shopper = await oneShopper();

    const bought = await sale.buy(shopper, eventId);
    expect(bought).toMatchObject({ status: 200, body: { status: 'success', rest: 4, msg: 'rest: 4' } });
    const { orderId } = bought.body;

    const found = await sale.order(shopper, orderId);
    expect(found.status).toBe(200);
    expect(['pending', 'ordered']).toContain(found.body.order.state);

    const paid = await sale.pay(shopper, orderId);
    expect(paid).toMatchObject({ status: 200, body: { order: { id: orderId, state: 'paid', priceCents: 999 } } });
    expect(await sale.auditAtRest(eventId)).toMatchObject({ ok: true, available: 4, pending: 0, sold: 1 });
  });

  test('sent twice is answered with the order that the buyer already has', async () => {
    const eventId = await sale.event();
    const shopper = await oneShopper();
    const ticket = await sale.ticket(shopper, eventId);
    const { orderId } = (await sale.spend(shopper, eventId, ticket)).body;

    const again = { status: 409, body: { code: 'ALREADY_ORDERED', orderId } };
    expect(await sale.spend(shopper, eventId, ticket)).toMatchObject(again);
    expect(await sale.buy(shopper, eventId)).toMatchObject(again);
    expect(await sale.auditAtRest(eventId)).toMatchObject({ ok: true, sold: 1, available: 99 });
  });

  test('clicked ten times at once takes one unit', async () => {
    const eventId = await sale.event();
    const shopper = await oneShopper();
    const ticket = await sale.ticket(shopper, eventId);
    const answers = await Promise.all(Array.from({ length: 10 }, () => sale.spend(shopper, eventId, ticket)));
    const orderIds = new Set(answers.map((answer) => answer.body.orderId));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, ...Array<number>(9).fill(409)]);
    expect(orderIds.size).toBe(1);
  });

  test('of a buyer who holds an order is answered with it, and not with "sold out", when the event is sold out', async () => {
    const eventId = await sale.event({ quantity: 1 });
    const [first, second] = (await sale.shoppers(2)) as [Shopper, Shopper];
    const { orderId } = (await sale.buy(first, eventId)).body;
    for (let round = 0; round < 3; round += 1) {
      expect(await sale.buy(second, eventId)).toMatchObject({ status: 409, body: { code: 'SOLD_OUT', rest: 0 } });
      expect(await sale.buy(first, eventId)).toMatchObject({ status: 409, body: { code: 'ALREADY_ORDERED', orderId } });
    }
  });

  test('up to the limit is one purchase after the other, and one beyond it is refused', async () => {
    const eventId = await sale.event({ purchaseLimit: 3 });
    const shopper = await oneShopper();
    const bought = [];
    for (let count = 0; count < 3; count += 1) bought.push(await sale.buy(shopper, eventId));
    expect(new Set(bought.map((answer) => answer.body.orderId)).size).toBe(3);
    const beyond = await sale.buy(shopper, eventId);
    expect(beyond).toMatchObject({ status: 409, body: { code: 'LIMIT_REACHED', purchaseLimit: 3 } });
    expect(await sale.auditAtRest(eventId)).toMatchObject({ ok: true, sold: 3 });
  });

  test('retried with the same ticket takes no second unit, whatever the limit', async () => {
    const eventId = await sale.event({ purchaseLimit: 3 });
    const shopper = await oneShopper();
    const ticket = await sale.ticket(shopper, eventId);
    const first = await sale.spend(shopper, eventId, ticket);
    const retried = await sale.spend(shopper, eventId, ticket);
    expect(retried).toMatchObject({ status: 409, body: { code: 'ALREADY_ORDERED', orderId: first.body.orderId } });
  });

  test('of several units takes all or none of them', async () => {
    const eventId = await sale.event({ quantity: 5, purchaseLimit: 4 });
    const [first, second] = (await sale.shoppers(2)) as [Shopper, Shopper];
    const ticket = await sale.ticket(first, eventId);
    expect(await sale.spend(first, eventId, ticket, { quantity: 3 })).toMatchObject({ status: 200, body: { rest: 2 } });
    const tooMany = await sale.spend(second, eventId, await sale.ticket(second, eventId), { quantity: 3 });
    expect(tooMany).toMatchObject({ status: 409, body: { code: 'SOLD_OUT', rest: 2 } });
    expect(await sale.auditAtRest(eventId)).toMatchObject({ ok: true, available: 2, sold: 3 });
  });

  test.each([
    ['zero units', { quantity: 0 }],
    ['a negative quantity', { quantity: -1 }],
    ['a fraction', { quantity: 1.5 }],
    ['a text', { quantity: 'one' }],
    ['an unknown field', { amount: 1 }],
    ['a list', [1]],
    ['broken JSON', '{"quantity":'],
  ])('with %s is refused and changes nothing', async (_what, body) => {
    const eventId = await sale.event({ quantity: 3 });
    const shopper = await oneShopper();
    const answer = await sale.spend(shopper, eventId, await sale.ticket(shopper, eventId), body);
    expect(answer.status).toBe(400);
    expect(['BAD_INPUT', 'BAD_JSON']).toContain(answer.body.code);
    expect(await sale.audit(eventId)).toMatchObject({ ok: true, available: 3 });
  });
});

describe('a ticket', () => {
  test('of somebody else, for another event, forged or expired buys nothing', async () => {
    const [eventId, otherEventId] = [await sale.event({ quantity: 3 }), await sale.event()];
    const [owner, thief] = (await sale.shoppers(2)) as [Shopper, Shopper];
    const ticket = await sale.ticket(owner, eventId);
    const keeper = createTicketKeeper({ secret: spike.config.ticketSecret, lifetimeSeconds: 1 });
    const expired = keeper.issue(eventId, owner.userId, 1, Date.now() - 60_000).token;
    const invalid = { status: 403, body: { code: 'TICKET_INVALID' } };

    expect(await sale.spend(thief, eventId, ticket)).toMatchObject(invalid);
    expect(await sale.spend(owner, otherEventId, ticket)).toMatchObject(invalid);
    expect(await sale.spend(owner, eventId, `${ticket}x`)).toMatchObject(invalid);
    expect(await sale.spend(owner, eventId, 'nonsense')).toMatchObject(invalid);
    expect(await sale.spend(owner, eventId, expired)).toMatchObject({ status: 403, body: { code: 'TICKET_EXPIRED' } });
    expect(await sale.audit(eventId)).toMatchObject({ ok: true, available: 3 });
  });

  test('dies when the rule changes, and the next one asks the new rule', async () => {
    const eventId = await sale.event();
    const shopper = await oneShopper();
    const ticket = await sale.ticket(shopper, eventId);
    await change(eventId, { rule: [{ name: 'base', rule: { age: { min: 99 } } }] });
    expect(await sale.spend(shopper, eventId, ticket)).toMatchObject({ status: 403, body: { code: 'TICKET_INVALID' } });
    const refused = await eventually(
      () => ask('GET', `${spike.url}/spike/${eventId}`, { token: shopper.token }),
      ({ status }) => status !== 200,
    );
    expect(refused).toMatchObject({ status: 403, body: { code: 'NOT_ELIGIBLE', filter: 'base' } });
    expect(refused.body.reason).toEqual(expect.any(String));
  });

  test('is not handed to a user on the deny list, from the moment of listing', async () => {
    const eventId = await sale.event({ rule: [{ name: 'untrustworthy', rule: {} }] });
    const shopper = await oneShopper();
    await sale.ticket(shopper, eventId);
    await stores.sequelize.transaction((transaction) =>
      denyUser(stores.sequelize, { userId: shopper.userId, reason: 'never pays', createdBy: 'test' }, transaction),
    );
    await bumpUserVersion(sale.redis, shopper.userId);
    const refused = await ask('GET', `${spike.url}/spike/${eventId}`, { token: shopper.token });
    expect(refused).toMatchObject({ status: 403, body: { code: 'NOT_ELIGIBLE', filter: 'untrustworthy' } });
  });
});

describe('the event', () => {
  test.each([
    ['has not started', { startsAtMs: Date.now() + 600_000 }, 425, 'EVENT_NOT_STARTED'],
    ['has ended', { startsAtMs: Date.now() - 600_000, endsAtMs: Date.now() - 1_000 }, 410, 'EVENT_ENDED'],
  ])('that %s hands out no ticket and sells to no ticket', async (_what, window, status, code) => {
    const eventId = await sale.event({ ...window, quantity: 3 });
    const shopper = await oneShopper();
    const refused = { status, body: { code } };
    expect(await ask('GET', `${spike.url}/spike/${eventId}`, { token: shopper.token })).toMatchObject(refused);
    const keeper = createTicketKeeper({ secret: spike.config.ticketSecret, lifetimeSeconds: 60 });
    const ticket = keeper.issue(eventId, shopper.userId, 1, Date.now()).token;
    const answer = await sale.spend(shopper, eventId, ticket);
    expect(answer).toMatchObject(refused);
    if (status === 425) {
      expect(answer.headers.get('retry-after')).toMatch(/^[0-9]+$/);
      expect(Date.parse(answer.body.startsAt)).toBe(window.startsAtMs);
    }
    expect(await sale.audit(eventId)).toMatchObject({ ok: true, available: 3 });
  });

  test('that is paused answers 503 until it is resumed; one that is closed answers 410', async () => {
    const eventId = await sale.event();
    const shopper = await oneShopper();
    const ticket = await sale.ticket(shopper, eventId);
    await change(eventId, { paused: true });
    const paused = await sale.spend(shopper, eventId, ticket);
    expect(paused).toMatchObject({ status: 503, body: { code: 'EVENT_PAUSED' } });
    expect(Number(paused.headers.get('retry-after'))).toBeGreaterThan(0);
    await change(eventId, { paused: false });
    expect((await sale.spend(shopper, eventId, ticket)).status).toBe(200);
    await change(eventId, { closed: true });
    expect(await sale.spend(shopper, eventId, ticket)).toMatchObject({ status: 410, body: { code: 'EVENT_ENDED' } });
  });

  test('that nobody has heard of is 404, with a token and a well-formed id or without', async () => {
    const shopper = await oneShopper();
    for (const id of ['999999', '0', '-1', 'abc', '9999999999999999999999', "1'--"]) {
      const answer = await ask('GET', `${spike.url}/spike/${encodeURIComponent(id)}`, { token: shopper.token });
      expect(answer).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    }
  });

  test('sells the last unit, and it can be paid', async () => {
    const eventId = await sale.event({ quantity: 1 });
    const shopper = await oneShopper();
    const { orderId } = (await sale.buy(shopper, eventId)).body;
    expect((await sale.pay(shopper, orderId)).status).toBe(200);
    expect(await sale.auditAtRest(eventId)).toMatchObject({ ok: true, available: 0, sold: 1 });
  });
});

describe('a token', () => {
  test('that is missing, forged, expired, of staff or without an algorithm opens nothing', async () => {
    const eventId = await sale.event();
    const { userId } = await oneShopper();
    const lifetime = { lifetimeSeconds: 60, refreshWindowSeconds: 60 };
    const issue = (audience: 'shopper' | 'staff', secret: string) =>
      createTokens({ audience, secret, ...lifetime }).issue({ id: userId, role: audience }).token;
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const none = `${part({ alg: 'none', typ: 'JWT' })}.${part({ sub: userId, role: 'shopper', aud: 'shopper', iss: 'spike', exp: 4e9, iat: 1 })}.`;
    const { userJwtSecret, adminJwtSecret } = spike.config;
    const tokens = [
      undefined,
      'nonsense',
      none,
      issue('shopper', 'another-secret-of-nobody-at-all-here'),
      issue('staff', userJwtSecret),
      issue('staff', adminJwtSecret),
    ];
    for (const token of tokens) {
      for (const [method, url] of [
        ['GET', `${spike.url}/spike/${eventId}`],
        ['POST', `${spike.url}/spike/${eventId}/ticket`],
        ['GET', `${order.url}/order/all`],
        ['GET', `${order.url}/order/1-x`],
        ['POST', `${order.url}/order/pay/1-x`],
        ['POST', `${order.url}/order/cancel/1-x`],
      ] as const) {
        expect((await ask(method, url, { token })).status).toBe(401);
      }
    }
  });
});

describe('an order', () => {
  test('of somebody else is not seen, paid or cancelled', async () => {
    const eventId = await sale.event();
    const [owner, stranger] = (await sale.shoppers(2)) as [Shopper, Shopper];
    const { orderId } = (await sale.buy(owner, eventId)).body;
    await sale.orderIn(owner, orderId, 'ordered');
    const unknown = { status: 404, body: { code: 'NOT_FOUND' } };
    expect(await sale.order(stranger, orderId)).toMatchObject(unknown);
    expect(await sale.pay(stranger, orderId)).toMatchObject(unknown);
    expect(await sale.cancel(stranger, orderId)).toMatchObject(unknown);
    const all = await ask('GET', `${order.url}/order/all`, { token: stranger.token });
    expect(all.body.orders).toEqual([]);
    expect((await sale.order(owner, orderId)).body.order.state).toBe('ordered');
  });

  test('that is cancelled returns its unit once: the sale re-opens and the same user can buy again', async () => {
    const eventId = await sale.event({ quantity: 1 });
    const [first, second] = (await sale.shoppers(2)) as [Shopper, Shopper];
    const { orderId } = (await sale.buy(first, eventId)).body;
    expect((await sale.buy(second, eventId)).body.code).toBe('SOLD_OUT');

    expect(await sale.cancel(first, orderId)).toMatchObject({ status: 200, body: { order: { state: 'cancelled' } } });
    const repeated = await Promise.all(Array.from({ length: 5 }, () => sale.cancel(first, orderId)));
    for (const answer of repeated) {
      expect(answer).toMatchObject({ status: 409, body: { code: 'ORDER_NOT_CANCELLABLE', state: 'cancelled' } });
    }
    expect((await sale.pay(first, orderId)).body).toMatchObject({ code: 'ORDER_NOT_PAYABLE', state: 'cancelled' });
    expect(await sale.auditAtRest(eventId)).toMatchObject({ ok: true, available: 1, sold: 0 });

    const again = await sale.buy(first, eventId);
    expect(again.status).toBe(200);
    expect(again.body.orderId).not.toBe(orderId);
    expect((await sale.buy(second, eventId)).body.code).toBe('SOLD_OUT');
    expect(await sale.auditAtRest(eventId)).toMatchObject({ ok: true, available: 0, sold: 1 });
  });

  test('that nobody pays in time expires once, and its unit is sold again', async () => {
    const eventId = await sale.event({ quantity: 1, paymentWindowSeconds: 1 });
    const [first, second] = (await sale.shoppers(2)) as [Shopper, Shopper];
    const { orderId } = (await sale.buy(first, eventId)).body;
    await sale.orderIn(first, orderId, 'expired');
    expect((await sale.pay(first, orderId)).body).toMatchObject({ code: 'ORDER_NOT_PAYABLE', state: 'expired' });
    expect(await sale.auditAtRest(eventId)).toMatchObject({ ok: true, available: 1, sold: 0 });
    // Who buys now shall not expire while we look.
    await change(eventId, { paymentWindowSeconds: 900 });
    expect((await sale.buy(second, eventId)).status).toBe(200);
    expect(await sale.auditAtRest(eventId)).toMatchObject({ ok: true, available: 0, sold: 1 });
  });

  test('that is paid and cancelled at once ends in exactly one of the two', async () => {
    const eventId = await sale.event();
    for (const shopper of await sale.shoppers(10)) {
      const { orderId } = (await sale.buy(shopper, eventId)).body;
      await sale.orderIn(shopper, orderId, 'ordered');
      const raced = await Promise.all([
        sale.pay(shopper, orderId),
        sale.cancel(shopper, orderId),
        sale.pay(shopper, orderId),
        sale.cancel(shopper, orderId),
      ]);
      expect(raced.map((answer) => answer.status).sort()).toEqual([200, 409, 409, 409]);
    }
    const audit = await sale.auditAtRest(eventId);
    expect(audit).toMatchObject({ ok: true });
    expect(audit.available! + audit.sold).toBe(100);
  });

  test('is listed among the orders of its user, newest first, page by page', async () => {
    const eventIds = [await sale.event(), await sale.event(), await sale.event()];
    const shopper = await oneShopper();
    const bought: string[] = [];
    for (const eventId of eventIds) bought.push((await sale.buy(shopper, eventId)).body.orderId);
    for (const orderId of bought) await sale.orderIn(shopper, orderId, 'ordered');
    const list = (query: string) => ask('GET', `${order.url}/order/all${query}`, { token: shopper.token });
    const first = (await list('?limit=2')).body;
    const rest = (await list(`?limit=2&cursor=${first.next}`)).body;
    expect([...first.orders, ...rest.orders].map(({ id }) => id)).toEqual(bought.reverse());
    expect(rest.next).toBeNull();
    expect((await list('?limit=0')).body.code).toBe('BAD_INPUT');
    expect((await list('?cursor=x')).body.code).toBe('BAD_INPUT');
  });
});

describe('limits', () => {
  test('a user beyond the token bucket is answered 429 with Retry-After, on both routes, and served again after it', async () => {
    const eventId = await sale.event({ limits: { userRatePerSecond: 1, userBurst: 3 } });
    const shopper = await oneShopper();
    const ticket = await sale.ticket(shopper, eventId);
    expect((await sale.spend(shopper, eventId, ticket)).status).toBe(200);
    expect((await sale.spend(shopper, eventId, ticket)).status).toBe(409);
    // Soon, and not just now: a token is added each second, however long these requests take.
    const untilLimited = (asked: () => Promise<Answered>) => eventually(asked, ({ status }) => status === 429);
    const limited = await untilLimited(() => sale.spend(shopper, eventId, ticket));
    expect(limited).toMatchObject({ status: 429, body: { code: 'TOO_MANY_REQUESTS' } });
    const waitSeconds = Number(limited.headers.get('retry-after'));
    expect(waitSeconds).toBe(1);
    await untilLimited(() => ask('GET', `${spike.url}/spike/${eventId}`, { token: shopper.token }));
    await new Promise((resolve) => setTimeout(resolve, waitSeconds * 1_000 + 50));
    expect((await sale.spend(shopper, eventId, ticket)).status).toBe(409);
  });

  test('a queue factor of one refuses nobody while a unit is left that nobody has spoken for', async () => {
    const eventId = await sale.event({ quantity: 20, limits: { queueFactor: 1 } });
    const shoppers = await sale.shoppers(60);
    const tickets = await Promise.all(shoppers.map((shopper) => sale.ticket(shopper, eventId)));
    const answers = await Promise.all(shoppers.map((shopper, index) => sale.spend(shopper, eventId, tickets[index]!)));
    const count = (status: number) => answers.filter((answer) => answer.status === status).length;
    expect([count(200), count(409)]).toEqual([20, 40]);
    expect(await sale.auditAtRest(eventId)).toMatchObject({ ok: true, available: 0, sold: 20 });
  });

  test('an event with one purchase in flight at a time answers the others 503 with Retry-After', async () => {
    const eventId = await sale.event({ limits: { maxInFlight: 1 } });
    const shoppers = await sale.shoppers(30);
    await sale.buy(shoppers[0]!, eventId);
    const tickets = await Promise.all(shoppers.map((shopper) => sale.ticket(shopper, eventId)));
    const answers = await Promise.all(shoppers.map((shopper, index) => sale.spend(shopper, eventId, tickets[index]!)));
    const overloaded = answers.filter((answer) => answer.status === 503);
    expect(overloaded.length).toBeGreaterThan(0);
    expect(overloaded[0]).toMatchObject({ body: { code: 'OVERLOADED' } });
    expect(overloaded[0]!.headers.get('retry-after')).toBe('1');
    expect(await sale.auditAtRest(eventId)).toMatchObject({ ok: true });
  });
});

describe('a rush', () => {
  test.each([
    ['one each', 1],
    ['up to three each', 3],
  ])('of 100 buyers with 8 requests each for 30 units, %s, sells exactly 30', async (_what, purchaseLimit) => {
    const eventId = await sale.event({ quantity: 30, purchaseLimit });
    const shoppers = await sale.shoppers(100);
    const accepted = new Map<string, string[]>();
    await Promise.all(
      shoppers.map(async (shopper) => {
        for (let request = 0; request < 8; request += 1) {
          const answer = await sale.buy(shopper, eventId).catch((error: unknown) => String(error));
          if (typeof answer === 'string' || answer.status >= 300) continue;
          accepted.set(shopper.userId, [...(accepted.get(shopper.userId) ?? []), answer.body.orderId]);
        }
      }),
    );
    const orderIds = [...accepted.values()].flat();
    expect(new Set(orderIds).size).toBe(30);
    for (const ids of accepted.values()) expect(ids.length).toBeLessThanOrEqual(purchaseLimit);
    expect(await sale.auditAtRest(eventId)).toMatchObject({ ok: true, available: 0, pending: 0, sold: 30 });
    for (const [userId, ids] of accepted) {
      const shopper = shoppers.find((candidate) => candidate.userId === userId)!;
      for (const id of ids) expect((await sale.order(shopper, id)).body.order.state).toBe('ordered');
    }
  });
});
