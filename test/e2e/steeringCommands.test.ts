import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { makeDeadOrder } from '../helpers/deadOrder.js';
import { eventually } from '../helpers/eventually.js';
import { openCounter, type Counter } from '../helpers/openCounter.js';
import { openHouse, type House } from '../helpers/openHouse.js';
import type { Shopper } from '../helpers/openSale.js';

jest.setTimeout(240_000);

/** A second, unless the machine is busy. */
const IN_FORCE_WITHIN_MS = 10_000;

let house: House;
let counter: Counter;

beforeAll(async () => {
  house = await openHouse();
  counter = await openCounter(house);
});
afterAll(async () => {
  await counter.close();
  await house.close();
});

describe('limit', () => {
  test('set, get and reset for an event show what changed and where each value comes from', async () => {
    const eventId = await house.sale.event();
    const set = await counter.run(['limit', 'set', eventId, '--user-rate', '2', '--user-burst', '5']);
    expect(set).toMatchObject({ code: 0, stderr: expect.stringContaining('within a second') });
    expect(set.stdout).toContain(`userBurst: ${house.config.userBurst} (setting) → 5 (this event)`);
    const shown = await counter.run(['limit', 'get', eventId]);
    expect(shown.stdout).toMatch(/userRatePerSecond\s+2\s+this event/);
    expect(await counter.done(['limit', 'get', eventId])).toMatchObject({
      scope: 'event',
      eventId,
      limits: expect.arrayContaining([
        { name: 'userBurst', value: 5, origin: 'event', event: 5, global: null, setting: house.config.userBurst },
      ]),
    });
    const csv = await counter.run([
      'limit',
      'get',
      eventId,
      '--csv',
      '--columns',
      'name,value',
      '--filter',
      'origin=event',
    ]);
    expect(csv.stdout).toBe('name,value\nuserRatePerSecond,2\nuserBurst,5\n');
    const one = await counter.done(['limit', 'reset', eventId, '--user-rate']);
    expect(origins(one)).toMatchObject({ userRatePerSecond: 'setting', userBurst: 'event' });
    expect(origins(await counter.done(['limit', 'reset', eventId]))).toMatchObject({ userBurst: 'setting' });
  });

  test('for all events say so, and change nothing in a dry run', async () => {
    const dry = await counter.run(['limit', 'set', '--max-in-flight', '7', '--dry-run']);
    expect(dry).toMatchObject({ code: 0, stderr: expect.stringContaining('Nothing was changed') });
    expect(dry.stdout).toContain('→ 7 (all events)');
    expect(origins(await counter.done(['limit', 'get']))).toMatchObject({ maxInFlight: 'setting' });
    const set = await counter.done(['limit', 'set', '--max-in-flight', '700', '--address-rate', '99.5']);
    expect(set).toMatchObject({ scope: 'global', eventId: null });
    expect(origins(set)).toMatchObject({ maxInFlight: 'global', addressRatePerMinute: 'global' });
    const again = await counter.run(['limit', 'set', '--max-in-flight', '700']);
    expect(again).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('as wanted already') });
    expect(origins(await counter.done(['limit', 'reset']))).toMatchObject({ maxInFlight: 'setting' });
  });

  test.each([
    [['limit', 'set', '--user-rate', 'fast'], 'from 0.01 to 1000000'],
    [['limit', 'set', '--user-burst', '2.5'], 'whole number'],
    [['limit', 'set', '--user-brust', '2'], '--user-burst'],
    [['limit', 'set'], 'No limit was given'],
    [['limit', 'set', '3', '--address-rate', '5'], 'belong to no event'],
    [['limit', 'set', 'three', '--user-rate', '5'], 'not the id of an event'],
  ])('%j is refused with what to type', async (args, hint) => {
    const run = await counter.run(args);
    expect(run).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(hint) });
    const json = await counter.run([...args, '--json']);
    expect(json.json()).toMatchObject({ error: { exit: 2, code: 'USAGE', suggestions: expect.any(Array) } });
  });

  test('of an event that does not exist end with 1 and say how to find one', async () => {
    const run = await counter.run(['limit', 'get', '999999']);
    expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining('spikectl event list') });
  });

  test('are not for a viewer to change', async () => {
    const run = await counter.run(['limit', 'set', '--queue-factor', '2', '--json'], { as: 'viewer' });
    expect(run.code).toBe(4);
    expect(run.json()).toMatchObject({ error: { code: 'FORBIDDEN', exit: 4 } });
    expect(await counter.done(['limit', 'get'], { as: 'viewer' })).toMatchObject({ scope: 'global' });
  });

  test('set under load change the answers of the next second', async () => {
    const eventId = await house.sale.event({ quantity: 100_000, purchaseLimit: 1_000 });
    const [shopper] = (await house.sale.shoppers(1)) as [Shopper];
    await counter.done(['limit', 'set', eventId, '--user-rate', '100000', '--user-burst', '100000']);
    const ticket = await house.sale.ticket(shopper, eventId);
    const load = startLoad(shopper, eventId, ticket);
    try {
      await eventually(
        async () => load.answers.length,
        (count) => count > 50,
      );
      expect(load.answers.some(({ status }) => status === 429)).toBe(false);
      // One token and then none for as long as this takes: not even a machine that answers once a second can earn one.
      await counter.done(['limit', 'set', eventId, '--user-rate', '0.01', '--user-burst', '1']);
      await eventually(
        async () => load.answers.at(-1)?.status,
        (status) => status === 429,
        IN_FORCE_WITHIN_MS,
      );
      const from = load.answers.length;
      await eventually(
        async () => load.answers.length,
        (count) => count > from + 20,
      );
      const letThrough = load.answers.slice(from).filter(({ status }) => status !== 429);
      expect(letThrough).toHaveLength(0);
    } finally {
      await load.stop();
    }
  });
});

describe('event restock', () => {
  test('adds and takes units, and says how many are free', async () => {
    const eventId = await house.sale.event({ quantity: 10 });
    const more = await counter.run(['event', 'restock', eventId, '--by', '5']);
    expect(more).toMatchObject({ code: 0, stderr: expect.stringContaining('10 → 15 units, 15 of them free') });
    expect(await counter.done(['event', 'restock', eventId, '--by=-3'])).toMatchObject({ quantity: 12, available: 12 });
    expect(await counter.done(['event', 'restock', eventId, '--to', '12'])).toMatchObject({ quantity: 12 });
    const dry = await counter.run(['event', 'restock', eventId, '--to', '1', '--dry-run']);
    expect(dry).toMatchObject({ code: 0, stderr: expect.stringContaining('from 12 to 1 units') });
    expect(await counter.done(['event', 'show', eventId])).toMatchObject({ quantity: 12 });
  });

  test('below what is taken is refused with how far it can go', async () => {
    const eventId = await house.sale.event({ quantity: 3 });
    const [shopper] = await house.sale.shoppers(1);
    await house.sale.buy(shopper!, eventId);
    const run = await counter.run(['event', 'restock', eventId, '--to', '0', '--json']);
    expect(run.code).toBe(1);
    expect(run.json()).toMatchObject({ error: { code: 'NOT_ENOUGH_FREE', exit: 1 } });
    const dry = await counter.run(['event', 'restock', eventId, '--to', '0', '--dry-run']);
    expect(dry).toMatchObject({ code: 1, stderr: expect.stringContaining(`event restock ${eventId} --to 1`) });
  });

  test.each([
    [[], 'How many units is missing'],
    [['--by', '0'], 'changes nothing'],
    [['--by', '5', '--to', '6'], 'together'],
    [['--to', '-4'], '--to'],
    [['--by', 'five'], '--by'],
  ])('with %j is refused with what to type', async (flags, hint) => {
    const eventId = await house.sale.event();
    const run = await counter.run(['event', 'restock', eventId, ...flags]);
    expect(run).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(hint) });
  });
});

describe('reconcile', () => {
  test('finds nothing to do where the stores agree, and ends with 0', async () => {
    const eventId = await house.sale.event();
    const run = await counter.run(['reconcile', eventId]);
    expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining('MySQL and Redis agree') });
    expect(await counter.done(['reconcile', eventId, '--dry-run'])).toMatchObject({
      ok: true,
      dryRun: true,
      events: [{ id: eventId, changes: [], ok: true }],
    });
  });

  test('shows in a dry run what it would change, ends with 3, then changes it, and twice is once', async () => {
    const eventId = await house.sale.event({ quantity: 10 });
    await house.stores.redis.hset(`${house.stores.redisKeyPrefix}:{event:${eventId}}:event`, 'available', 4);
    const dry = await counter.run(['reconcile', eventId, '--dry-run']);
    expect(dry).toMatchObject({ code: 3, stdout: expect.stringContaining('available: 4 → 10') });
    expect((await counter.run(['audit', eventId])).code).toBe(3);
    const unasked = await counter.run(['reconcile', eventId]);
    expect(unasked).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    expect(await counter.done(['reconcile', eventId, '--yes'])).toMatchObject({
      ok: true,
      dryRun: false,
      events: [{ id: eventId, rebuilt: true, audit: { ok: true, available: 10 } }],
    });
    expect(await counter.done(['reconcile', eventId, '--yes'])).toMatchObject({ events: [{ rebuilt: false }] });
    expect((await counter.run(['audit', eventId])).code).toBe(0);
  });

  test('that is interrupted is finished by the order service all the same', async () => {
    const eventId = await house.sale.event({ quantity: 10 });
    const before = await counter.done(['event', 'show', eventId]);
    const { body } = await house.staff('POST', `spike/${eventId}/reconcile`);
    expect(body.event).toMatchObject({ id: eventId });
    await eventually(
      () => counter.done(['event', 'show', eventId]),
      (event) => event.available === 10 && Number(event.fence) > Number(before.fence),
    );
  });

  test('without an order service to do it ends with 5 and says so', async () => {
    const eventId = await house.sale.event({ quantity: 10 });
    await house.stopOrder();
    try {
      await eventually(
        () => counter.done(['queue', 'list']),
        (queues: { consumers: number }[]) => queues.every(({ consumers }) => consumers === 0),
      );
      const run = await counter.run(['reconcile', eventId, '--force', '--yes', '--json']);
      expect(run.code).toBe(5);
      expect(run.json()).toMatchObject({ error: { code: 'NO_CONSUMER', exit: 5 } });
    } finally {
      await house.startOrder();
    }
  });
});

describe('dead letters', () => {
  test('are peeked at, replayed when what stood in the way is gone, and purged when the operator says yes', async () => {
    const first = await makeDeadOrder(house);
    const second = await makeDeadOrder(house);
    const table = await counter.run(['queue', 'peek']);
    expect(table.stdout).toContain(first.orderId);
    expect(table.stdout).toMatch(/^EVENT\s+ORDERS\s+ORDER IDS\s+REASON/);
    expect(await counter.done(['queue', 'peek', '--event', second.eventId])).toMatchObject([
      { eventId: second.eventId, orders: [{ id: second.orderId }], reason: expect.any(String), unreadable: null },
    ]);

    await first.mend();
    const dry = await counter.run(['queue', 'replay', '--event', first.eventId, '--dry-run']);
    expect(dry).toMatchObject({ code: 0, stdout: expect.stringContaining('1 letters with 1 orders') });
    expect(await counter.done(['queue', 'replay', '--event', first.eventId])).toMatchObject({ letters: 1, orders: 1 });
    await house.sale.orderIn(first.shopper, first.orderId, 'ordered');

    expect(await counter.run(['queue', 'purge'])).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    expect(await counter.run(['queue', 'purge', '--yes', '--json'], { as: 'viewer' })).toMatchObject({ code: 4 });
    expect(await counter.done(['queue', 'purge', '--yes'])).toMatchObject({ letters: 1, orders: 1, left: 0 });
    expect((await house.sale.order(second.shopper, second.orderId)).body.order.state).toBe('cancelled');
    const none = await counter.run(['queue', 'replay']);
    expect(none).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('no dead letter') });
    expect(await counter.done(['queue', 'peek'])).toEqual([]);
  });
});

function origins({ limits }: { limits: { name: string; origin: string }[] }): Record<string, string> {
  return Object.fromEntries(limits.map(({ name, origin }) => [name, origin]));
}

/** One shopper who keeps sending one ticket, one request after the other. */
function startLoad(shopper: Shopper, eventId: string, ticket: string) {
  const answers: { status: number }[] = [];
  let isStopped = false;
  const sending = (async () => {
    while (!isStopped) answers.push({ status: (await house.sale.spend(shopper, eventId, ticket)).status });
  })();
  return {
    answers,
    async stop() {
      isStopped = true;
      await sending;
    },
  };
}
