import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FoundOrderState } from '../../src/domain/wire/orders.js';
import type { TestBuyer } from '../../src/domain/wire/testBuyers.js';
import { ask } from '../helpers/ask.js';
import { openHouse, type House } from '../helpers/openHouse.js';

const ROUTE = 'users/internal/test-tokens';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

describe('test buyers', () => {
  test('are made once, are the same the next time, and can buy', async () => {
    const first = await make({ from: 0, count: 5 });
    expect(first).toMatchObject({ status: 200, body: { made: 5 } });
    const again = await make({ from: 3, count: 4 });
    expect(again.body.made).toBe(2);
    const idsOf = (buyers: TestBuyer[]) => buyers.map(({ userId }) => userId);
    expect(idsOf(again.body.buyers).slice(0, 2)).toEqual(idsOf(first.body.buyers).slice(3));
    const [buyer] = first.body.buyers as [TestBuyer];
    const eventId = await house.sale.event({
      rule: [{ name: 'base', rule: { age: { min: 18, max: 60 }, workStatus: { not: ['unemployed'] } } }],
    });
    expect(await house.sale.buy(buyer, eventId)).toMatchObject({ status: 200 });
  });

  test('that several make at once are made once', async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => make({ from: 100, count: 300 })));
    const lists = answers.map(({ body }) => (body.buyers as TestBuyer[]).map(({ userId }) => userId).join());
    expect(new Set(lists).size).toBe(1);
    expect(answers[0]!.body.buyers).toHaveLength(300);
  });

  test('are written down with who asked for them', async () => {
    await make({ from: 7, count: 2 });
    expect(await house.lastRecord()).toMatchObject({
      actor: expect.stringContaining('operator'),
      action: 'testBuyers.logIn',
      targetType: 'testBuyers',
      targetId: '7-8',
      after: { from: 7, count: 2 },
    });
  });

  test('cannot log in with any password', async () => {
    await make({ from: 0, count: 1 });
    for (const password of ['!', 'a long password'])
      expect(
        await ask('POST', `${house.urls.user}/users/login`, { body: { phone: '+999000000000', password } }),
      ).toMatchObject({ status: 401, body: { code: 'BAD_CREDENTIALS' } });
  });

  test.each([{ count: 0 }, { count: 1_001 }, { count: 1, from: -1 }, { count: 1, from: 1e9 }, {}])(
    'are not made of %j',
    async (body) => {
      expect((await make(body)).status).toBe(400);
    },
  );

  test('are not for a viewer to make', async () => {
    const answer = await house.staff('POST', 'test-buyers', { as: 'viewer', body: { count: 1 } });
    expect(answer).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  });

  test('a number that a person registered under stays theirs, and no token is handed out for it', async () => {
    const registered = await ask('POST', `${house.urls.user}/users/register`, {
      body: { phone: '+999000000901', password: 'a long password' },
    });
    expect(registered.status).toBe(200);
    const { body } = await make({ from: 900, count: 3 });
    expect(body.buyers).toHaveLength(2);
    expect(JSON.stringify(body.buyers)).not.toContain(`"userId":"${registered.body.userId}"`);
  });
});

describe('the internal route for their tokens', () => {
  const asked = (token: string | undefined, userIds: unknown) =>
    ask('POST', `${house.urls.user}/${ROUTE}`, { token, body: { userIds } });

  test('hands out none for a user who is no test buyer, nor for one who is blocked', async () => {
    const [real] = await house.sale.shoppers(1);
    const { buyers } = (await make({ from: 0, count: 2 })).body as { buyers: [TestBuyer, TestBuyer] };
    const [free, blocked] = buyers;
    await house.staff('POST', `users/${blocked.userId}/block`, { body: { reason: 'no more' } });
    const { status, body } = await asked(house.config.serviceToken, [real!.userId, free.userId, blocked.userId, '999']);
    expect(status).toBe(200);
    expect(body.tokens.map(({ userId }: TestBuyer) => userId)).toEqual([free.userId]);
  });

  test('is for the other services alone', async () => {
    const [shopper] = await house.sale.shoppers(1);
    for (const token of [undefined, 'wrong', shopper!.token]) {
      const answer = await asked(token, [shopper!.userId]);
      expect(answer).toMatchObject({ status: 401 });
      expect(answer.body.tokens).toBeUndefined();
    }
  });

  test('is no route for whoever comes through a proxy, whatever token they show', async () => {
    const answer = await ask('POST', `${house.urls.user}/${ROUTE}`, {
      token: house.config.serviceToken,
      body: { userIds: ['1'] },
      headers: { 'x-forwarded-for': '203.0.113.7' },
    });
    expect(answer).toMatchObject({ status: 404, body: { code: 'ROUTE_NOT_FOUND' } });
  });
});

describe('finding many orders at once', () => {
  test('tells of each whether it is stored, on its way, or nowhere', async () => {
    const eventId = await house.sale.event();
    const [first, second] = await house.sale.shoppers(2);
    const stored = (await house.sale.buy(first!, eventId)).body.orderId as string;
    await house.sale.orderIn(first!, stored, 'ordered');
    await house.stopOrder();
    const pending = (await house.sale.buy(second!, eventId)).body.orderId as string;
    const unknown = `${eventId}-01ARZ3NDEKTSV4RRFFQ69G5FAV`;
    try {
      expect(await find([pending, unknown, stored])).toEqual([
        { id: pending, state: 'pending', userId: second!.userId },
        { id: unknown, state: null, userId: null },
        { id: stored, state: 'ordered', userId: first!.userId },
      ]);
    } finally {
      await house.startOrder();
    }
  });

  test.each([[{ ids: [] }], [{ ids: ['1 OR 1'] }], [{}]])('refuses %j', async (body) => {
    expect((await house.staff('POST', 'orders/find', { body })).status).toBe(400);
  });
});

function make(body: object) {
  return house.staff('POST', 'test-buyers', { as: 'operator', body });
}

async function find(ids: string[]): Promise<FoundOrderState[]> {
  return (await house.staff('POST', 'orders/find', { as: 'viewer', body: { ids } })).body.orders as FoundOrderState[];
}
