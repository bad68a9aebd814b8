import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { limitNames, type LimitView } from '../../src/domain/limits.js';
import { ask } from '../helpers/ask.js';
import { eventually } from '../helpers/eventually.js';
import { openHouse, type House } from '../helpers/openHouse.js';
import type { Shopper } from '../helpers/openSale.js';

let house: House;
let shopper: Shopper;

beforeAll(async () => {
  house = await openHouse();
  shopper = (await house.sale.shoppers(1))[0]!;
}, 60_000);
afterAll(() => house.close());
afterEach(async () => {
  await house.staff('PUT', 'limits', { body: Object.fromEntries(limitNames.map((name) => [name, null])) });
});

async function limit(name: string, eventId?: string): Promise<LimitView> {
  const { body } = await house.staff('GET', eventId === undefined ? 'limits' : `spike/${eventId}/limits`);
  return body.limits.find((view: LimitView) => view.name === name);
}

describe('limits for all events', () => {
  test('are in force on a running spike service without a restart, and gone again after a reset', async () => {
    const eventId = await house.sale.event();
    const slow = { userRatePerSecond: 0.01, userBurst: 3 };
    expect(await house.staff('PUT', 'limits', { body: slow })).toMatchObject({ status: 200 });
    await eventually(
      () => ask('GET', `${house.urls.spike}/spike/${eventId}`, { token: shopper.token }),
      ({ status }) => status === 429,
    );
    await house.staff('PUT', 'limits', { body: { userRatePerSecond: 1_000_000, userBurst: null } });
    await eventually(
      () => ask('GET', `${house.urls.spike}/spike/${eventId}`, { token: shopper.token }),
      ({ status }) => status === 200,
    );
  });

  test('say where each value comes from: the setting, staff, or the event', async () => {
    const eventId = await house.sale.event({ limits: { userBurst: 2 } });
    await house.staff('PUT', 'limits', { body: { userBurst: 9, queueFactor: 3 } });
    expect(await limit('userBurst')).toMatchObject({ value: 9, origin: 'global', setting: house.config.userBurst });
    expect(await limit('maxInFlight')).toMatchObject({ value: house.config.maxInFlight, origin: 'setting' });
    expect(await limit('userBurst', eventId)).toMatchObject({ value: 2, origin: 'event', event: 2, global: 9 });
    expect(await limit('queueFactor', eventId)).toMatchObject({ value: 3, origin: 'global', event: null });
  });

  test('bound registration and login too', async () => {
    const register = () => ask('POST', `${house.urls.user}/users/register`, { body: {} });
    expect((await register()).status).toBe(400);
    await house.staff('PUT', 'limits', { body: { addressRatePerMinute: 0.1, addressBurst: 1 } });
    const refused = await eventually(register, ({ status }) => status === 429);
    expect(refused.body).toMatchObject({ code: 'TOO_MANY_REQUESTS', limit: 'address' });
  });

  test('are written down with who, before and after, and only when something changes', async () => {
    const change = () => house.staff('PUT', 'limits', { body: { queueFactor: 4 }, as: 'operator' });
    await change();
    const record = await house.lastRecord();
    expect(record).toMatchObject({
      actor: 'operator',
      action: 'limits.change',
      targetType: 'limits',
      targetId: 'global',
      before: { queueFactor: null },
      after: { queueFactor: 4 },
    });
    await change();
    expect(await house.lastRecord()).toMatchObject({ id: record.id });
  });

  test('are not for a viewer to change', async () => {
    const eventId = await house.sale.event();
    for (const route of ['limits', `spike/${eventId}/limits`]) {
      const answer = await house.staff('PUT', route, { body: { queueFactor: 4 }, as: 'viewer' });
      expect(answer).toMatchObject({ status: 403, body: { code: 'FORBIDDEN', needed: 'operator' } });
    }
    expect(await limit('queueFactor')).toMatchObject({ origin: 'setting' });
  });

  test.each([
    [{ userBurst: 0 }, 'userBurst'],
    [{ userBurst: 1.5 }, 'userBurst'],
    [{ queueFactor: 'many' }, 'queueFactor'],
    [{ brust: 3 }, 'brust'],
  ])('refuse %j with the place of the fault', async (body, place) => {
    const answer = await house.staff('PUT', 'limits', { body });
    expect(answer).toMatchObject({ status: 400, body: { code: 'BAD_INPUT', issues: [{ path: place }] } });
  });

  test('that Redis has lost are brought back by the order service', async () => {
    await house.staff('PUT', 'limits', { body: { queueFactor: 7 } });
    const key = `${house.stores.redisKeyPrefix}:limits`;
    await house.stores.redis.del(key);
    await eventually(
      () => house.stores.redis.hget(key, 'queueFactor'),
      (value) => value === '7',
    );
  });
});

describe("an event's own limits", () => {
  test('are in force for that event alone, with the next request', async () => {
    const [strict, other] = [await house.sale.event(), await house.sale.event()];
    const userBurst = 2;
    const body = { userRatePerSecond: 0.01, userBurst };
    expect(await house.staff('PUT', `spike/${strict}/limits`, { body })).toMatchObject({ status: 200 });
    await eventually(
      () => ask('GET', `${house.urls.spike}/spike/${strict}`, { token: shopper.token }),
      ({ status }) => status === 429,
    );
    for (let tickets = 0; tickets <= userBurst; tickets += 1) await house.sale.ticket(shopper, other);
    expect(await house.lastRecord()).toMatchObject({ action: 'event.limits', targetId: strict });
  });

  test('of purchases in flight may be above what holds for all', async () => {
    const eventId = await house.sale.event({ limits: { maxInFlight: 50 } });
    await house.staff('PUT', 'limits', { body: { maxInFlight: 1 } });
    const shoppers = await house.sale.shoppers(20);
    const tickets = await Promise.all(shoppers.map((one) => house.sale.ticket(one, eventId)));
    // Each batch brings the event's own limits to the process: the first one.
    const [first, ...others] = shoppers;
    await eventually(
      () => house.sale.spend(first!, eventId, tickets[0]!),
      ({ status }) => status === 200 || status === 409,
    );
    const answers = await Promise.all(others.map((one, index) => house.sale.spend(one, eventId, tickets[index + 1]!)));
    expect(answers.map(({ status }) => status)).toEqual(others.map(() => 200));
  });

  test('cannot be those of addresses', async () => {
    const eventId = await house.sale.event();
    const answer = await house.staff('PUT', `spike/${eventId}/limits`, { body: { addressBurst: 3 } });
    expect(answer).toMatchObject({ status: 400, body: { issues: [{ path: 'addressBurst' }] } });
  });
});
