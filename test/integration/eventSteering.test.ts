import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { StaffRole } from '../../src/domain/staffRole.js';
import { readEvent } from '../../src/stores/redis/events.js';
import { addOutcomes } from '../../src/stores/redis/outcomes.js';
import { ask, type Answered, type Question } from '../helpers/ask.js';
import { openHouse, type House } from '../helpers/openHouse.js';
import type { Sale, Shopper } from '../helpers/openSale.js';
import type { TestStores } from '../helpers/openStores.js';
import { untilPasses } from '../helpers/untilPasses.js';

const HOUR_MS = 3_600_000;

let house: House;
let stores: TestStores;
let sale: Sale;
let commodityId: string;

beforeAll(async () => {
  house = await openHouse();
  ({ stores, sale } = house);
  commodityId = (await call('POST', 'commodities', { body: { name: 'lamp' } })).body.commodity.id;
});

afterAll(() => house.close());

function call(method: string, route: string, question: Question & { as?: StaffRole } = {}): Promise<Answered> {
  return house.staff(method, route, { as: 'operator', ...question });
}

function newEvent(fields: Record<string, unknown> = {}) {
  return {
    title: 'lamps',
    commodityId,
    priceCents: 1_999,
    quantity: 100,
    startsAt: fromNow(-1_000),
    endsAt: fromNow(HOUR_MS),
    ...fields,
  };
}

async function addEvent(fields: Record<string, unknown> = {}) {
  const { status, body } = await call('POST', 'spike/add', { body: newEvent(fields) });
  expect({ status, body }).toMatchObject({ status: 201 });
  return body.event;
}

async function edit(eventId: string, change: Record<string, unknown>) {
  const { status, body } = await call('PUT', `spike/${eventId}`, { body: change });
  expect({ status, body }).toMatchObject({ status: 200 });
  return body;
}

function fromNow(ms: number): string {
  return new Date(Date.now() + ms).toISOString();
}

async function oneShopper(): Promise<Shopper> {
  return (await sale.shoppers(1))[0]!;
}

/** Asks until the answer has all that is wanted. */
async function until<Answer>(question: () => Promise<Answer>, wanted: object): Promise<Answer> {
  return untilPasses(question, (answer) => expect(answer).toMatchObject(wanted));
}

describe('a key', () => {
  test('names one event, finds it, and is free again when the event is deleted', async () => {
    const key = 'lamps.2030-01-31';
    const event = await addEvent({ key });
    expect(event.key).toBe(key);
    expect((await house.lastRecord()).after).toMatchObject({ key });
    expect((await call('GET', `spike/all?key=${key}`, { as: 'viewer' })).body.events).toEqual([
      expect.objectContaining({ id: event.id }),
    ]);
    const again = await call('POST', 'spike/add', { body: newEvent({ key }) });
    expect(again).toMatchObject({ status: 409, body: { code: 'EVENT_EXISTS', eventId: event.id } });
    expect((await call('DELETE', `spike/${event.id}`)).status).toBe(200);
    expect((await call('GET', `spike/all?key=${key}`)).body.events).toEqual([]);
    expect((await addEvent({ key })).id).not.toBe(event.id);
  });

  test('of two who make it at once, one gets the event and the other is told which it is', async () => {
    const body = newEvent({ key: 'race' });
    const answers = await Promise.all([1, 2, 3].map(() => call('POST', 'spike/add', { body })));
    const created = answers.find(({ status }) => status === 201)!;
    const refused = answers.filter((answer) => answer !== created);
    for (const answer of refused)
      expect(answer).toMatchObject({ status: 409, body: { eventId: created.body.event.id } });
  });

  test('is given to an event that was made without one', async () => {
    expect((await addEvent()).key).toMatch(/^[0-9a-z]{26}$/);
  });

  test.each(['', 'Lamps', '-lamps', 'a b', 'ä', 'x'.repeat(65)])('is refused as %p', async (key) => {
    const answer = await call('POST', 'spike/add', { body: newEvent({ key }) });
    expect(answer).toMatchObject({ status: 400, body: { issues: [{ path: 'key' }] } });
  });
});

describe('a check', () => {
  test('says what the event would be, and makes none', async () => {
    const before = (await call('GET', 'spike/all')).body.events.length;
    const { commodityId: _left, ...body } = newEvent({ rule: [{ name: 'base', rule: '{"age":{"min":18}}' }] });
    const answer = await call('POST', 'spike/check', { body });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        event: {
          key: null,
          commodityId: null,
          purchaseLimit: 1,
          paymentWindowSeconds: 900,
          limits: {},
          rule: [{ name: 'base', rule: { age: { min: 18 } } }],
          startsAt: body.startsAt,
        },
      },
    });
    expect((await call('GET', 'spike/all')).body.events).toHaveLength(before);
  });

  test.each([
    ['BAD_INPUT', { quantity: 0 }],
    ['BAD_INPUT', { commodityId: '999999' }],
    ['BAD_RULE', { rule: [{ name: 'bse' }] }],
  ])('refuses with %s what could not be made: %p', async (code, fields) => {
    const answer = await call('POST', 'spike/check', { body: newEvent(fields) });
    expect(answer).toMatchObject({ status: 400, body: { code, issues: [expect.anything()] } });
  });
});

describe('a dry run', () => {
  test('of an edit says what would change, before and after, and changes nothing', async () => {
    const { id, ...event } = await addEvent();
    const change = { title: 'brass lamps', limits: { userBurst: 3 }, purchaseLimit: event.purchaseLimit };
    const { body } = await call('PUT', `spike/${id}?dryRun=true`, { body: change });
    expect(body.changes).toEqual([
      { field: 'title', before: 'lamps', after: 'brass lamps' },
      { field: 'limits', before: {}, after: { userBurst: 3 } },
    ]);
    expect(body.event).toMatchObject({ title: 'brass lamps', ownLimits: { userBurst: 3 } });
    expect((await call('GET', `spike/${id}`)).body.event).toMatchObject({ title: 'lamps', ownLimits: {} });
    expect(await house.lastRecord()).toMatchObject({ action: 'event.create', targetId: id });
    expect((await edit(id, change)).changes).toEqual(body.changes);
    expect((await edit(id, change)).changes).toEqual([]);
  });

  test('of a deletion finds what forbids it, and deletes nothing', async () => {
    const { id } = await addEvent();
    expect(await call('DELETE', `spike/${id}?dryRun=true`)).toMatchObject({ status: 200, body: { id } });
    expect((await call('GET', `spike/${id}`)).status).toBe(200);
    expect((await sale.buy(await oneShopper(), id)).status).toBe(200);
    expect(await call('DELETE', `spike/${id}?dryRun=true`)).toMatchObject({
      status: 409,
      body: { code: 'EVENT_HAS_ORDERS' },
    });
  });
});

describe('an edit of a running system takes effect everywhere by itself', () => {
  const shop = async (shopper: Shopper, eventId: string) =>
    (await ask('GET', `${house.urls.user}/users/spike/${eventId}`, { token: shopper.token })).body.event;

  test('title and payment window', async () => {
    const { id } = await addEvent({ purchaseLimit: 2 });
    const shopper = await oneShopper();
    await until(() => shop(shopper, id), { title: 'lamps', paymentWindowSeconds: 900 });
    await edit(id, { title: 'brass lamps', paymentWindowSeconds: 60 });
    await until(() => shop(shopper, id), { title: 'brass lamps', paymentWindowSeconds: 60 });
    const { orderId } = (await sale.buy(shopper, id)).body;
    const { reservedAt, payBefore, eventTitle } = (await sale.orderIn(shopper, orderId, 'ordered')).body.order;
    expect(Date.parse(payBefore) - Date.parse(reservedAt)).toBeLessThan(600_000);
    expect(eventTitle).toBe('brass lamps');
  });

  test('price and start, before the start', async () => {
    const { id } = await addEvent({ startsAt: fromNow(HOUR_MS), endsAt: fromNow(2 * HOUR_MS) });
    const shopper = await oneShopper();
    const ticket = () => ask('GET', `${house.urls.spike}/spike/${id}`, { token: shopper.token });
    expect(await ticket()).toMatchObject({ status: 425, body: { code: 'EVENT_NOT_STARTED' } });
    await edit(id, { priceCents: 500 });
    await until(() => shop(shopper, id), { priceCents: 500, state: 'scheduled' });
    await edit(id, { startsAt: fromNow(-1) });
    await until(ticket, { status: 200 });
    await until(() => shop(shopper, id), { state: 'open' });
    const { orderId } = (await sale.buy(shopper, id)).body;
    expect((await sale.orderIn(shopper, orderId, 'ordered')).body.order.priceCents).toBe(500);
    for (const change of [{ priceCents: 1 }, { startsAt: fromNow(HOUR_MS / 2) }]) {
      const answer = await call('PUT', `spike/${id}`, { body: change });
      expect(answer).toMatchObject({ status: 409, body: { code: 'EVENT_STATE', field: Object.keys(change)[0] } });
    }
  });

  test('the end, also for who holds a ticket', async () => {
    const { id } = await addEvent();
    const shopper = await oneShopper();
    const ticket = await sale.ticket(shopper, id);
    await edit(id, { endsAt: fromNow(-1) });
    await until(() => sale.spend(shopper, id, ticket), { status: 410, body: { code: 'EVENT_ENDED' } });
    await until(() => shop(shopper, id), { state: 'ended' });
    await edit(id, { endsAt: fromNow(HOUR_MS) });
    await until(() => shop(shopper, id), { state: 'open' });
    expect((await sale.buy(shopper, id)).status).toBe(200);
  });

  test('the units that one user may hold', async () => {
    const { id } = await addEvent();
    const shopper = await oneShopper();
    expect((await sale.buy(shopper, id)).status).toBe(200);
    expect(await sale.buy(shopper, id)).toMatchObject({ status: 409, body: { code: 'ALREADY_ORDERED' } });
    await edit(id, { purchaseLimit: 2 });
    await until(() => shop(shopper, id), { purchaseLimit: 2 });
    await until(() => sale.buy(shopper, id), { status: 200 });
  });

  test('the limits of the event alone', async () => {
    const { id } = await addEvent();
    const shopper = await oneShopper();
    await sale.ticket(shopper, id);
    await edit(id, { limits: { userBurst: 1, userRatePerSecond: 0.01 } });
    const ticket = () => ask('GET', `${house.urls.spike}/spike/${id}`, { token: shopper.token });
    await until(ticket, { status: 429, body: { code: 'TOO_MANY_REQUESTS' } });
    const other = await addEvent();
    await sale.ticket(shopper, other.id);
  });

  test('the rule: in force for new tickets, and for those that were given out before', async () => {
    const { id } = await addEvent();
    const [early, late] = await sale.shoppers(2);
    const ticket = await sale.ticket(early!, id);
    await edit(id, { rule: [{ name: 'base', rule: { age: { min: 90 } } }] });
    await until(() => ask('GET', `${house.urls.spike}/spike/${id}`, { token: late!.token }), {
      status: 403,
      body: { code: 'NOT_ELIGIBLE' },
    });
    expect(await sale.spend(early!, id, ticket)).toMatchObject({ status: 403, body: { code: 'TICKET_INVALID' } });
    await until(() => ask('GET', `${house.urls.user}/users/spike/access/${id}`, { token: late!.token }), {
      body: { eligible: false },
    });
    await edit(id, { rule: [] });
    await until(() => ask('GET', `${house.urls.spike}/spike/${id}`, { token: late!.token }), { status: 200 });
  });

  test('pause, resume and close say whether they changed anything', async () => {
    const { id } = await addEvent();
    for (const [verb, state] of [
      ['pause', 'paused'],
      ['resume', 'open'],
      ['close', 'closed'],
    ]) {
      expect(await call('POST', `spike/${id}/${verb}`)).toMatchObject({ body: { changed: true, event: { state } } });
      expect(await call('POST', `spike/${id}/${verb}`)).toMatchObject({ body: { changed: false, event: { state } } });
    }
    expect((await call('PUT', `spike/${id}`, { body: { title: 'x' } })).status).toBe(409);
  });
});

describe('warming', () => {
  const names = ['stock', 'fields', 'scripts', 'queue', 'rule', 'window', 'clock'];

  test('finds a sound event ready, with the evidence of each check, and leaves no trace in the log', async () => {
    const { id } = await addEvent();
    await stores.redis.script('FLUSH');
    const { status, body } = await call('POST', `spike/${id}/warm`);
    expect(status).toBe(200);
    expect(body.checks.map(({ name }: { name: string }) => name)).toEqual(names);
    expect(body).toMatchObject({ ready: true, event: { id } });
    for (const check of body.checks) expect(check).toMatchObject({ ok: true, detail: expect.any(String), next: null });
    expect((await house.lastRecord()).action).toBe('event.create');
  });

  test('brings the stock of an event that Redis does not have and nobody ever bought of, and fields that differ', async () => {
    const { id } = await addEvent();
    await until(() => stores.redis.exists(sale.redis.keys.life()).then((exists) => ({ exists })), { exists: 1 });
    await stores.redis.del(sale.redis.keys.event(id));
    const missing = (await call('POST', `spike/${id}/warm`)).body;
    expect(missing.checks[0]).toMatchObject({ name: 'stock', ok: true });
    expect(await readEvent(sale.redis, id)).toMatchObject({ code: 'OK', event: { available: 100 } });

    await stores.redis.hset(sale.redis.keys.event(id), 'priceCents', 1);
    const mended = (await call('POST', `spike/${id}/warm`)).body;
    expect(mended).toMatchObject({ ready: true });
    expect(await readEvent(sale.redis, id)).toMatchObject({ event: { priceCents: 1_999 } });
  });

  test('says that an event is over, and that it is not ready', async () => {
    const { id } = await addEvent({ startsAt: fromNow(-2 * HOUR_MS), endsAt: fromNow(-HOUR_MS) });
    const { body } = await call('POST', `spike/${id}/warm`);
    expect(body.ready).toBe(false);
    expect(body.checks.filter(({ ok }: { ok: boolean }) => !ok)).toEqual([
      { name: 'window', ok: false, detail: expect.stringContaining('ended'), next: expect.stringContaining('--ends') },
    ]);
  });

  test('is for operators, and of an event that there is', async () => {
    const { id } = await addEvent();
    expect((await call('POST', `spike/${id}/warm`, { as: 'viewer' })).status).toBe(403);
    expect((await call('POST', 'spike/999999/warm')).status).toBe(404);
  });
});

describe('the answers to purchases', () => {
  test('are counted by kind, a second, and with the times of the first and the last yes', async () => {
    const { id, times } = await addEvent({ quantity: 1 });
    expect(times).toEqual({ firstAcceptedAt: null, lastAcceptedAt: null });
    const [first, second] = await sale.shoppers(2);
    await sale.buy(first!, id);
    await sale.buy(second!, id);
    const view = async () => (await call('GET', `spike/${id}`, { as: 'viewer' })).body.event;
    const event = await until(view, { outcomes: { accepted: 1, soldOut: 1 } });
    expect(event.rates.map(({ windowSeconds }: { windowSeconds: number }) => windowSeconds)).toEqual([10, 60]);
    for (const { perSecond } of event.rates) {
      expect(perSecond.accepted).toBeGreaterThan(0);
      expect(perSecond.soldOut).toBe(perSecond.accepted);
      expect(perSecond.error).toBe(0);
    }
    expect(Date.parse(event.times.firstAcceptedAt)).toBeLessThanOrEqual(Date.parse(event.times.lastAcceptedAt));
  });

  test('are added all or none: a count that Redis refuses is not half counted', async () => {
    const { id } = await addEvent();
    await stores.redis.set(sale.redis.keys.recent(id), 'not a hash');
    await expect(addOutcomes(sale.redis, id, { accepted: 3, error: 1 })).rejects.toThrow('WRONGTYPE');
    expect(await stores.redis.exists(sale.redis.keys.outcomes(id))).toBe(0);
  });
});
