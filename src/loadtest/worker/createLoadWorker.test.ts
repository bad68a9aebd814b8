import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { addEncoded, createHistogram, percentiles } from '../histogram.js';
import { addOutcomes, noOutcomes } from '../outcomes.js';
import type { Arrivals } from './arrivals.js';
import { clockMs } from './clock.js';
import { createLoadWorker } from './createLoadWorker.js';
import type { FromWorker, PlayedBuyer } from './messages.js';

type Done = Extract<FromWorker, { type: 'done' }>;

const opened: Server[] = [];
afterEach(() => {
  for (const server of opened.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

interface Answer {
  status: number;
  body: object | string;
  headers?: Record<string, string>;
}

/** A shop whose tickets are `t-USER`, and whose purchases are answered by the test. */
async function openShop(purchase: (ticket: string, token: string) => Answer | Promise<Answer>) {
  const server = createServer((request, response) => {
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    const [, , , ticket] = (request.url ?? '').split('/');
    const expire = new Date(Date.now() + 60_000).toISOString();
    const handed: Answer = { status: 200, body: { status: 'success', token: `t-${token}`, expire } };
    void Promise.resolve(request.method === 'GET' ? handed : purchase(ticket ?? '', token)).then(
      ({ status, body, headers }) => {
        response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
      },
    );
  });
  opened.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function accepted(orderId: string): Answer {
  return { status: 200, body: { status: 'success', orderId, rest: 1 } };
}

function refused(status: number, code: string, headers = {}): Answer {
  return { status, body: { status: 'fail', code, msg: '', next: '', requestId: '' }, headers };
}

function buyersOf(...behaviours: PlayedBuyer['behaviour'][]): PlayedBuyer[] {
  return behaviours.map((behaviour, index) => ({ userId: `${index}`, token: `u${index}`, behaviour }));
}

/** Plays a run in this thread, and adds up what it told. */
async function play(options: { url: string; arrivals: Arrivals; buyers: PlayedBuyer[]; connections?: number }) {
  const { url, arrivals, buyers, connections = 50 } = options;
  const messages: FromWorker[] = [];
  let onMessage = (): void => undefined;
  const tell = createLoadWorker(
    {
      index: 0,
      workers: 1,
      spikeUrl: url,
      shopUrl: url,
      eventId: '1',
      purchaseLimit: 1,
      arrivals,
      connections,
      answerTimeoutMs: 5_000,
      buyers,
    },
    (message) => {
      messages.push(message);
      onMessage();
    },
  );
  const until = async <Type extends FromWorker['type']>(type: Type) => {
    for (;;) {
      const found = messages.find((message) => message.type === type);
      if (found !== undefined) return found as Extract<FromWorker, { type: Type }>;
      await new Promise<void>((resolve) => (onMessage = resolve));
    }
  };
  tell({ type: 'warm', tickets: true });
  await until('warmed');
  tell({ type: 'go', startAtMs: clockMs() });
  const done: Done = await until('done');
  const seconds = messages.flatMap((message) =>
    message.type === 'seconds' || message.type === 'done' ? message.seconds : [],
  );
  const outcomes = noOutcomes();
  for (const second of seconds) addOutcomes(outcomes, second.outcomes);
  const latencies = seconds.map(({ latency }) => {
    const histogram = createHistogram();
    addEncoded(histogram, latency);
    return percentiles(histogram)!;
  });
  return { done, outcomes, latencies };
}

/** Answers one purchase after the other, each after so many ms: what is asked faster waits in a line. */
function oneByOne(ms: number) {
  let line: Promise<unknown> = Promise.resolve();
  return () => {
    const served = line.then(() => new Promise<void>((resolve) => setTimeout(resolve, ms)));
    line = served;
    return served.then(() => refused(409, 'SOLD_OUT'));
  };
}

describe('the open model', () => {
  test('above what a server can do shows latencies that grow from when each request was due', async () => {
    const url = await openShop(oneByOne(10));
    const arrivals: Arrivals = { model: 'open', ratePerSecond: 200, durationMs: 2_000, rampMs: 0 };
    // Two connections: the line is in this tool, where a careless one would begin to count only when it sends.
    const { outcomes, latencies } = await play({ url, arrivals, buyers: buyersOf('plain', 'plain'), connections: 2 });
    expect(outcomes.soldOut).toBe(400);
    const medians = latencies.map(({ p50 }) => p50);
    expect(medians).toEqual([...medians].sort((a, b) => a - b));
    // The last one was due at 2 s and answered at 4 s or later.
    expect(latencies.at(-1)!.max).toBeGreaterThan(1_900);
  });

  test('counts a pause of the server for all who would have come in it', async () => {
    let asked = 0;
    let stall: Promise<void> | undefined;
    const url = await openShop(async () => {
      asked += 1;
      if (asked > 1) await (stall ??= new Promise((resolve) => setTimeout(resolve, 1_200)));
      return refused(409, 'SOLD_OUT');
    });
    const arrivals: Arrivals = { model: 'open', ratePerSecond: 100, durationMs: 1_000, rampMs: 0 };
    const { done } = await play({ url, arrivals, buyers: buyersOf('plain'), connections: 1 });
    const histogram = createHistogram();
    addEncoded(histogram, done.latencies.soldOut!);
    // One request at a time would have seen a single slow answer in a hundred.
    expect(percentiles(histogram)!.p50).toBeGreaterThan(300);
  });
});

describe('the closed model', () => {
  test('sends so many requests of each buyer, one after the other', async () => {
    const underWay = new Map<string, number>();
    const url = await openShop(async (_ticket, token) => {
      underWay.set(token, (underWay.get(token) ?? 0) + 1);
      expect(underWay.get(token)).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 2));
      underWay.set(token, 0);
      return refused(409, 'SOLD_OUT');
    });
    const arrivals: Arrivals = { model: 'closed', requestsPerUser: 5, rampMs: 0 };
    const { outcomes } = await play({ url, arrivals, buyers: buyersOf('plain', 'plain', 'plain') });
    expect(outcomes).toEqual({ ...noOutcomes(), soldOut: 15 });
  });

  test('counts an answer that is none of ours, and a connection that breaks, as errors', async () => {
    let asked = 0;
    const url = await openShop(() => {
      asked += 1;
      if (asked === 1) return { status: 502, body: '<html>Bad Gateway</html>' };
      if (asked === 2) return { status: 200, body: 'true' };
      if (asked === 3) return { status: 200, body: { ok: true } };
      opened.at(-1)!.closeAllConnections();
      return refused(409, 'SOLD_OUT');
    });
    const arrivals: Arrivals = { model: 'closed', requestsPerUser: 4, rampMs: 0 };
    const { outcomes, done } = await play({ url, arrivals, buyers: buyersOf('plain') });
    expect(outcomes).toEqual({ ...noOutcomes(), error: 4 });
    expect(done.codes.NOT_OURS).toBe(3);
  });
});

describe('buyers', () => {
  const once_: Arrivals = { model: 'closed', requestsPerUser: 6, rampMs: 0 };

  test('who are impatient click several times at once, and a second order for one ticket is noticed', async () => {
    let orders = 0;
    const url = await openShop(() => accepted(`o${(orders += 1)}`));
    const { done, outcomes } = await play({ url, arrivals: once_, buyers: buyersOf('impatient') });
    expect(outcomes.accepted).toBe(6);
    expect(done.wrongs.secondOrders).toHaveLength(5);
  });

  test("who share spend another one's ticket, and one that is taken is noticed", async () => {
    const url = await openShop((ticket, token) =>
      ticket === `t-${token}`
        ? refused(409, 'SOLD_OUT')
        : token === 'u0'
          ? accepted('o1')
          : refused(403, 'TICKET_INVALID'),
    );
    const { done, outcomes } = await play({ url, arrivals: once_, buyers: buyersOf('share', 'share', 'plain') });
    expect(outcomes).toMatchObject({ notEligible: 6, soldOut: 6, accepted: 6 });
    expect(done.wrongs.sharedAccepted).toBe(6);
  });

  test('who forge send tickets that nobody issued, each another one, and one that is taken is noticed', async () => {
    const seen = new Set<string>();
    const url = await openShop((ticket) => {
      expect(ticket).toMatch(/^[0-9a-f]{16}\.1\.\d+\.[\w-]{22}$/);
      seen.add(ticket);
      return seen.size === 3 ? accepted('o1') : refused(403, 'TICKET_INVALID');
    });
    const { done } = await play({ url, arrivals: once_, buyers: buyersOf('forge') });
    expect(seen.size).toBe(6);
    expect(done.wrongs.forgedAccepted).toBe(1);
  });

  test('who retry wait as long as they are told', async () => {
    const times: number[] = [];
    const url = await openShop(() => {
      times.push(performance.now());
      return refused(429, 'TOO_MANY_REQUESTS', { 'Retry-After': '1' });
    });
    const arrivals: Arrivals = { model: 'closed', requestsPerUser: 2, rampMs: 0 };
    const { outcomes } = await play({ url, arrivals, buyers: buyersOf('retry') });
    expect(outcomes.limited).toBe(2);
    expect(times[1]! - times[0]!).toBeGreaterThan(950);
  });
});
