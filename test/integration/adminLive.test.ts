import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import jwt from 'jsonwebtoken';
import { createStaffClient } from '../../src/client/createStaffClient.js';
import type { LiveNews } from '../../src/client/staff/live.js';
import type { LiveFrame } from '../../src/domain/wire/live.js';
import { createProcessReporter } from '../../src/http/createProcessReporter.js';
import { createLog } from '../../src/http/createLog.js';
import { createAdminService } from '../../src/services/admin/createAdminService.js';
import { readProcesses } from '../../src/stores/redis/processes.js';
import { ask } from '../helpers/ask.js';
import { eventually } from '../helpers/eventually.js';
import { openHouse, STAFF_PASSWORD, type House } from '../helpers/openHouse.js';
import { openTcpProxy, through } from '../helpers/openTcpProxy.js';
import { untilPasses } from '../helpers/untilPasses.js';
import { serve } from '../helpers/serve.js';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});

afterAll(() => house.close());

async function tokenOf(username: string, url = house.urls.admin): Promise<string> {
  const { body } = await ask('POST', `${url}/admin/login`, { body: { username, password: STAFF_PASSWORD } });
  return body.token;
}

/** Follows the stream as the command does, and keeps all that came. */
function follow(url: string, token: string) {
  const stop = new AbortController();
  const client = createStaffClient({ url, token });
  const news: LiveNews[] = [];
  const ended = (async () => {
    try {
      for await (const one of client.live({ signal: stop.signal })) news.push(one);
      return undefined;
    } catch (error) {
      return error as Error & { code?: string };
    } finally {
      await client.close();
    }
  })();
  const frames = () => news.flatMap((one) => (one.kind === 'frame' ? [one.frame] : []));
  return {
    news,
    frames,
    ended,
    frame: (isWanted: (frame: LiveFrame) => boolean = () => true) =>
      eventually(
        async () => frames().findLast(isWanted),
        (frame) => frame !== undefined,
      ) as Promise<LiveFrame>,
    async stop() {
      stop.abort();
      await ended;
    },
  };
}

describe('one frame', () => {
  test('has the numbers that event show and queue list have, once the sale is at rest', async () => {
    const eventId = await house.sale.event({ quantity: 5 });
    for (const shopper of await house.sale.shoppers(7)) await house.sale.buy(shopper, eventId);
    await house.sale.auditAtRest(eventId);
    const settled = async () => {
      const [{ body: once }, { body: shown }, { body: listed }] = await Promise.all([
        house.staff('GET', 'live/once', { as: 'viewer' }),
        house.staff('GET', `spike/${eventId}`),
        house.staff('GET', 'queues'),
      ]);
      return { frame: once.frame as LiveFrame, event: shown.event, queues: listed.queues };
    };
    // A frame is of a moment ago, and what a consumer has in hand is of its last report: at rest all say the same.
    await untilPasses(settled, ({ frame, event, queues }) => {
      expect(event.outcomes).toMatchObject({ soldOut: 2 });
      const { rates, ...rest } = frame.events!.find(({ id }) => id === eventId)!;
      expect({ ...rest, rates: event.rates }).toEqual(event);
      expect(rates).toHaveLength(2);
      expect(frame.queues).toMatchObject(queues);
      expect(frame).toMatchObject({
        eventsTotal: 1,
        alerts: [],
        consumers: [{ inHand: 0, oldestAgeMs: null }],
        stores: [
          { name: 'mysql', status: 'up', version: expect.any(String) },
          { name: 'redis', status: 'up', version: expect.stringMatching(/^\d/) },
          { name: 'rabbitmq', status: 'up', version: expect.stringMatching(/^\d/) },
        ],
      });
    });
  });

  test('has open events before those to come, and those before the ones that are over', async () => {
    const now = Date.now();
    const over = await house.sale.event({ startsAtMs: now - 2_000, endsAtMs: now - 1_000 });
    const later = await house.sale.event({ startsAtMs: now + 7_200_000, endsAtMs: now + 9_000_000 });
    const next = await house.sale.event({ startsAtMs: now + 3_600_000, endsAtMs: now + 9_000_000 });
    const open = await house.sale.event();
    const { body } = await eventually(
      () => house.staff('GET', 'live/once'),
      (answer) => answer.body.frame.events.some(({ id }: { id: string }) => id === open),
    );
    const order = body.frame.events.map(({ id }: { id: string }) => id);
    const places = [open, next, later, over].map((id) => order.indexOf(id));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBeGreaterThanOrEqual(0);
  });

  test('tells what staff did, in a few words', async () => {
    const eventId = await house.sale.event({ quantity: 10 });
    await house.staff('POST', `spike/${eventId}/restock`, { body: { by: 5 } });
    const { body } = await eventually(
      () => house.staff('GET', 'live/once'),
      (answer) => answer.body.frame.log[0]?.targetId === eventId,
    );
    expect(body.frame.log[0]).toMatchObject({ actor: 'admin', action: 'event.restock', detail: 'quantity 10 → 15' });
  });
});

describe('the stream', () => {
  test('gives all who listen the same frames, one a second', async () => {
    const token = await tokenOf('viewer');
    const [one, other] = [follow(house.urls.admin, token), follow(house.urls.admin, token)];
    const shared = () => {
      const numbers = other.frames().map(({ sequence }) => sequence);
      return one.frames().filter(({ sequence }) => numbers.includes(sequence));
    };
    // The first and the last of one may be none of the other's: they do not begin and end at one moment.
    await eventually(
      async () => shared().length,
      (count) => count >= 3,
    );
    await Promise.all([one.stop(), other.stop()]);
    const numbers = one.frames().map(({ sequence }) => sequence);
    expect(numbers).toEqual(numbers.map((_, index) => numbers[0]! + index));
    for (const frame of shared()) expect(other.frames()).toContainEqual(frame);
  });

  test('ends for who is disabled meanwhile, and lets them in no more', async () => {
    const { body } = await house.staff('POST', 'admins', {
      body: { username: 'leaver', password: STAFF_PASSWORD, role: 'viewer' },
    });
    const stream = follow(house.urls.admin, await tokenOf('leaver'));
    await stream.frame();
    await house.staff('PUT', `admins/${body.admin.id}`, { body: { disabled: true } });
    expect(await stream.ended).toMatchObject({ code: 'TOKEN_INVALID' });
  });

  test('ends with the token', async () => {
    const { sub, role, ver } = jwt.decode(await tokenOf('viewer')) as jwt.JwtPayload;
    const claims = { sub, role, ver, aud: 'staff', iss: 'spike', exp: Math.floor(Date.now() / 1_000) + 4 };
    const stream = follow(house.urls.admin, jwt.sign(claims, house.config.adminJwtSecret));
    await stream.frame();
    expect(await stream.ended).toMatchObject({ code: 'TOKEN_EXPIRED' });
  });

  test('does not hold a service that stops; who follows it says that it is away, since when, and goes on when it is back', async () => {
    const token = await tokenOf('viewer');
    const first = await serve(createAdminService, house.config);
    const stream = follow(first.url, token);
    try {
      await stream.frame();
      const sinceMs = performance.now();
      await first.stop();
      // The drain deadline is the time that an open stream would have held it.
      expect(performance.now() - sinceMs).toBeLessThan(house.config.drainDeadlineMs);
      await eventually(
        async () => stream.news.at(-1),
        (last) => last?.kind === 'away',
      );
    } finally {
      await stream.stop();
    }
  });
});

describe('a store that is away', () => {
  test.each([
    ['mysql', 'mysqlUrl', { log: null }],
    ['redis', 'redisUrl', { processes: null, consumers: null, purchaseLatencyMs: null }],
    ['rabbitmq', 'rabbitmqUrl', { queues: null }],
  ] as const)(
    '(%s) leaves the frames coming, with nulls for what it would say and an alert',
    async (name, setting, nulls) => {
      const eventId = await house.sale.event({ quantity: 5 });
      const token = await tokenOf('viewer');
      const proxy = await openTcpProxy(house.stores[setting]);
      const admin = await serve(createAdminService, {
        ...house.config,
        [setting]: through(proxy, house.stores[setting]),
      });
      const stream = follow(admin.url, token);
      const isOf = (status: string) => (frame: LiveFrame) =>
        frame.stores.some((store) => store.name === name && store.status === status);
      try {
        await stream.frame(isOf('up'));
        await proxy.cut();
        // The frame that was being gathered may have got half of its answers before.
        await untilPasses(
          async () => stream.frames().at(-1)!,
          (frame) => {
            expect(isOf('away')(frame)).toBe(true);
            expect(frame).toMatchObject(nulls);
            expect(frame.alerts).toContainEqual(expect.objectContaining({ level: 'critical', code: 'STORE_AWAY' }));
            const event = frame.events!.find(({ id }) => id === eventId)!;
            expect(event).toMatchObject({ quantity: 5, sold: name === 'mysql' ? null : 0 });
            if (name === 'redis') expect(frame.queues![0]!.unacked).toBeNull();
            expect(event.available).toBe(name === 'redis' ? null : 5);
          },
        );
        await proxy.mend();
        const mended = stream.frames().length;
        await eventually(async () => stream.frames().slice(mended).some(isOf('up')), Boolean);
      } finally {
        await stream.stop();
        await admin.stop();
        await proxy.cut();
      }
    },
  );
});

describe('a process', () => {
  const log = createLog({ service: 'test', level: 'silent' });
  const report = (instance: string, latencies?: Float64Array) =>
    createProcessReporter({
      redis: house.sale.redis,
      log,
      service: 'spike',
      instance,
      host: 'here',
      version: '1.2.3',
      restarts: undefined,
      ...(latencies === undefined ? {} : { purchaseLatencies: () => latencies }),
    });
  const processes = async () => (await house.staff('GET', 'live/once')).body.frame.processes as LiveFrame['processes'];

  test('is seen while it runs, counts its starts, and is gone when it ends', async () => {
    const first = report('0');
    const [seen] = (await eventually(processes, (list) => list?.length === 1))!;
    expect(seen).toMatchObject({ service: 'spike', instance: '0', pid: process.pid, version: '1.2.3', restarts: 0 });
    expect(seen!.memoryBytes).toBeGreaterThan(1e7);
    await first.stop();
    await eventually(processes, (list) => list?.length === 0);
    const second = report('0');
    expect((await eventually(processes, (list) => list?.length === 1))![0]).toMatchObject({ restarts: 1 });
    await second.stop();
  });

  test('that dies without a word is forgotten', async () => {
    const { redis } = house.sale;
    const old = { service: 'spike', instance: '7', pid: 1, host: 'gone', reportedAtMs: Date.now() - 60_000 };
    await redis.client.hset(redis.keys.processes(), 'spike:gone:7:1', JSON.stringify(old));
    expect(await readProcesses(redis)).toEqual([]);
    expect(await redis.client.hlen(redis.keys.processes())).toBe(0);
  });
});
