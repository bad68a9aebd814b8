import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createAdminService } from '../../src/services/admin/createAdminService.js';
import { ask } from '../helpers/ask.js';
import { makeDeadOrder } from '../helpers/deadOrder.js';
import { eventually } from '../helpers/eventually.js';
import { readMetricsPage } from '../helpers/metricsPage.js';
import { openHouse, type House } from '../helpers/openHouse.js';
import { openTcpProxy, through } from '../helpers/openTcpProxy.js';
import { readMetrics } from '../helpers/readMetrics.js';
import { serve } from '../helpers/serve.js';
import { untilPasses } from '../helpers/untilPasses.js';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});

afterAll(() => house.close());

const ofAdmin = () => readMetrics(house.urls.admin);

describe('the metrics of the system', () => {
  test('have the stock, the answers and the queues that a live frame has', async () => {
    const eventId = await house.sale.event({ title: 'A "quoted"\ntitle', quantity: 3 });
    for (const shopper of await house.sale.shoppers(5)) await house.sale.buy(shopper, eventId);
    await house.sale.auditAtRest(eventId);
    const of = { event: eventId };
    await untilPasses(ofAdmin, ({ value }) =>
      expect({
        soldOut: value('spike_event_answers_total', { ...of, outcome: 'soldOut' }),
        unacked: value('spike_queue_messages_unacked', { queue: 'orders' }),
        info: value('spike_event_info', { ...of, title: 'A "quoted"\ntitle', state: 'open' }),
        quantity: value('spike_event_quantity_units', of),
        available: value('spike_event_units', { ...of, state: 'available' }),
        pending: value('spike_event_units', { ...of, state: 'pending' }),
        sold: value('spike_event_units', { ...of, state: 'sold' }),
        oversold: value('spike_event_broken_units', { ...of, invariant: 'oversold' }),
        drift: value('spike_event_broken_units', { ...of, invariant: 'sum' }),
        stuck: value('spike_event_stuck_reservations', of),
        rebuilding: value('spike_event_rebuilding', of),
        accepted: value('spike_event_answers_total', { ...of, outcome: 'accepted' }),
        ready: value('spike_queue_messages_ready', { queue: 'orders' }),
        dead: value('spike_queue_messages_ready', { queue: 'dead' }),
        consumers: value('spike_queue_consumers', { queue: 'orders' }),
      }).toEqual({
        soldOut: 2,
        unacked: 0,
        info: 1,
        quantity: 3,
        available: 0,
        pending: 0,
        sold: 3,
        oversold: 0,
        drift: 0,
        stuck: 0,
        rebuilding: 0,
        accepted: 3,
        ready: 0,
        dead: 0,
        consumers: 1,
      }),
    );
  });

  test('tell of a dead letter, of units that are missing, of too many that are promised', async () => {
    const { eventId } = await makeDeadOrder(house);
    await eventually(ofAdmin, ({ value }) => value('spike_queue_messages_ready', { queue: 'dead' }) === 1);
    const { redis } = house.sale;
    const key = redis.keys.event(eventId);
    await redis.client.hincrby(key, 'available', -4);
    const broken = (invariant: string) => async () =>
      (await ofAdmin()).value('spike_event_broken_units', { event: eventId, invariant });
    // Each frame is a second after the one before, and four of them have to agree.
    const isTold = (units: number | undefined) => units !== undefined && units !== 0;
    expect(await eventually(broken('sum'), isTold)).toBe(4);
    await redis.client.hset(key, 'available', -2);
    expect(await eventually(broken('oversold'), isTold)).toBe(2);
    await redis.client.hset(key, 'available', 19);
    await eventually(broken('oversold'), (units) => units === 0);
    await eventually(broken('sum'), (units) => units === 0);
  });

  test('count a reservation as stuck once it is older than the setting says, unless it is parked', async () => {
    const admin = await serve(createAdminService, { ...house.config, stuckAfterSeconds: 1 }, { service: 'admin' });
    try {
      await house.stopOrder();
      const eventId = await house.sale.event();
      const [shopper] = await house.sale.shoppers(1);
      await house.sale.buy(shopper!, eventId);
      const stuck = async () =>
        (await readMetrics(admin.url)).value('spike_event_stuck_reservations', { event: eventId });
      await eventually(stuck, (count) => count === 1);
      expect((await readMetrics(admin.url)).value('spike_queue_consumers', { queue: 'orders' })).toBe(0);
      await house.startOrder();
      await eventually(stuck, (count) => count === 0);
    } finally {
      await admin.stop();
    }
  });

  test('end with the day after the event ended', async () => {
    const hoursAgo = (hours: number) => Date.now() - hours * 3_600_000;
    const times = { startsAtMs: hoursAgo(48) };
    const [lately, longAgo] = [
      await house.sale.event({ ...times, endsAtMs: hoursAgo(23) }),
      await house.sale.event({ ...times, endsAtMs: hoursAgo(25) }),
    ];
    const { value } = await eventually(
      ofAdmin,
      (seen) => seen.value('spike_event_info', { event: lately }) !== undefined,
    );
    expect(value('spike_event_info', { event: lately, state: 'ended' })).toBe(1);
    expect(value('spike_event_info', { event: longAgo })).toBeUndefined();
  });
});

describe('while a store is away', () => {
  test.each([
    ['mysqlUrl', 'mysql'],
    ['redisUrl', 'redis'],
    ['rabbitmqUrl', 'rabbitmq'],
  ] as const)('%s: nothing that only it knows is told, and it is back when the store is', async (setting, store) => {
    const eventId = await house.sale.event();
    const proxy = await openTcpProxy(house.config[setting]);
    const config = { ...house.config, [setting]: through(proxy, house.config[setting]), storeTimeoutMs: 500 };
    const admin = await serve(createAdminService, config, { service: 'admin' });
    const look = async () => {
      const { value } = await readMetrics(admin.url);
      const units = (state: string) => value('spike_event_units', { event: eventId, state }) !== undefined;
      return {
        up: value('spike_store_up', { store }),
        answers: value('spike_store_answer_seconds', { store }) !== undefined,
        available: units('available'),
        sold: units('sold'),
        outcomes: value('spike_event_answers_total', { event: eventId, outcome: 'accepted' }) !== undefined,
        verdict: value('spike_event_broken_units', { event: eventId, invariant: 'sum' }) !== undefined,
        rebuilding: value('spike_event_rebuilding', { event: eventId }) !== undefined,
        stuck: value('spike_event_stuck_reservations', { event: eventId }) !== undefined,
        ready: value('spike_queue_messages_ready', { queue: 'orders' }) !== undefined,
      };
    };
    const all = {
      available: true,
      sold: true,
      outcomes: true,
      verdict: true,
      rebuilding: true,
      stuck: true,
      ready: true,
    };
    const whole = { up: 1, answers: true, ...all };
    try {
      await eventually(look, (seen) => JSON.stringify(seen) === JSON.stringify(whole));
      await proxy.cut();
      const isRedis = store === 'redis';
      const away = {
        up: 0,
        answers: false,
        available: !isRedis,
        sold: store !== 'mysql',
        outcomes: !isRedis,
        verdict: store === 'rabbitmq',
        rebuilding: !isRedis,
        stuck: !isRedis,
        ready: store !== 'rabbitmq',
      };
      expect(await eventually(look, (seen) => JSON.stringify(seen) === JSON.stringify(away))).toEqual(away);
      await proxy.mend();
      await eventually(look, (seen) => JSON.stringify(seen) === JSON.stringify(whole));
    } finally {
      await admin.stop();
      await proxy.cut();
    }
  });
});

test('each service says whether it reaches its stores, how it uses its connections, and what it is', async () => {
  for (const [service, url] of Object.entries(house.urls)) {
    const { value, samples } = await readMetrics(url);
    const stores = samples.filter(({ name }) => name === 'spike_store_up').map(({ labels }) => labels.store);
    expect({ service, stores: stores.sort() }).toEqual({
      service,
      stores: {
        user: ['mysql', 'redis'],
        spike: ['rabbitmq', 'redis'],
        access: ['mysql', 'redis'],
        order: ['mysql', 'rabbitmq', 'redis'],
        admin: ['mysql', 'rabbitmq', 'redis'],
      }[service],
    });
    expect(samples.every(({ labels }) => labels.service === service && labels.process === '0')).toBe(true);
    expect(value('spike_build_info', { version: '1.2.3' })).toBe(1);
    expect(value('spike_mysql_connections_max')).toBe(service === 'spike' ? undefined : house.config.mysqlPoolMax);
    expect(samples.every(({ value: number }) => Number.isFinite(number) || Number.isNaN(number))).toBe(true);
  }
});

/** Told only at moments that no test can wait for: what is seen of them must be right, and nothing need be seen. */
const RARE = ['spike_queue_oldest_unacked_seconds', 'nodejs_active_requests', 'nodejs_gc_duration_seconds'];
const ON_EVERY_SERIES = ['service', 'process'];
const OF_HISTOGRAMS = ['le'];

test('docs/metrics.md names all that the services export, with type and labels, and nothing else', async () => {
  const page = await readMetricsPage();
  for (const [service, url] of Object.entries(house.urls)) {
    // Each has refused something.
    expect(await ask('GET', `${url}/nowhere`)).toMatchObject({ status: 404 });
    const documented = page.filter(({ services }) => services.includes(service));
    // A store that is slow on a busy machine is away for a moment, and what it would say is not told.
    await untilPasses(
      () => readMetrics(url),
      ({ families }) => {
        expect({ service, names: [...families.keys()].sort() }).toEqual({
          service,
          names: documented.map(({ name }) => name).sort(),
        });
        for (const { name, type, labels } of documented) {
          const family = families.get(name)!;
          const seen = [...family.labels].filter((label) => ![...ON_EVERY_SERIES, ...OF_HISTOGRAMS].includes(label));
          const wanted = family.labels.size === 0 && RARE.includes(name) ? [] : labels;
          expect({ service, name, type: family.type, labels: seen.sort() }).toEqual({
            service,
            name,
            type,
            labels: [...wanted].sort(),
          });
        }
      },
    );
  }
});
