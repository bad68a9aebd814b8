import { once } from 'node:events';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { pino } from 'pino';
import { Refusal } from '../domain/errorCatalogue.js';
import { createApp, type App, type AppOptions } from './createApp.js';
import { describeError } from './createLog.js';
import { createLifecycle } from './lifecycle.js';
import { createMetrics } from './metrics.js';
import { createFixedRefusal } from './refuse.js';
import { unlogged } from './router.js';

const running: { server: Server; metrics: { close(): void } }[] = [];

afterEach(() => {
  for (const { server, metrics } of running.splice(0)) {
    server.closeAllConnections();
    server.close();
    metrics.close();
  }
});

async function run(addRoutes: (app: App) => void, options: Partial<AppOptions> = {}) {
  const lines: Record<string, unknown>[] = [];
  const sink = { write: (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>) };
  const log = pino({ level: 'info', serializers: { err: describeError } }, sink);
  const metrics = createMetrics({ service: 'test', instance: '0', version: '1.2.3' });
  const lifecycle = createLifecycle();
  const app = createApp({ log, metrics, lifecycle, checks: {}, checkTimeoutMs: 50, ...options });
  addRoutes(app);
  const server = createServer(app.listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  running.push({ server, metrics });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, lines, lifecycle };
}

describe('an error nobody expected', () => {
  test('is 500 with a request id, and its stack goes to the log alone', async () => {
    const { url, lines } = await run(({ route }) =>
      route.get('/broken/:id', () => {
        throw Object.assign(new TypeError('the secret is 42'), { sql: 'SELECT password', parameters: ['hunter2'] });
      }),
    );
    const response = await fetch(`${url}/broken/ticket-of-anna`);
    const body = await response.text();
    expect(response.status).toBe(500);
    expect(JSON.parse(body)).toMatchObject({ status: 'fail', code: 'INTERNAL', requestId: expect.any(String) });
    expect(body).not.toMatch(/secret|createApp/);
    expect(lines).toMatchObject([
      { level: 50, route: '/broken/:id', status: 500, err: { message: 'the secret is 42' } },
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/ticket-of-anna|SELECT|hunter2/);
  });

  test('in the middle of an answer breaks the connection instead of ending the answer', async () => {
    const { url } = await run(({ route }) =>
      route.get('/half', async (ctx) => {
        ctx.res.writeHead(200, { 'content-length': '100' });
        ctx.res.write('half');
        await sleep(5);
        throw new Error('no more');
      }),
    );
    await expect(fetch(`${url}/half`).then((response) => response.text())).rejects.toThrow();
  });

  test('that is not even an error is answered all the same', async () => {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- that is the case
    const { url } = await run(({ route }) => route.get('/odd', () => Promise.reject('odd')));
    expect((await fetch(`${url}/odd`)).status).toBe(500);
  });
});

describe('the log', () => {
  test('has one line for a change and none for what was read or is unlogged', async () => {
    const { url, lines } = await run(({ route }) => {
      route.get('/things', (ctx) => (ctx.body = {}));
      route.post('/things/:id', (ctx) => (ctx.body = {}));
      route.post('/spike/:id/:ticket', unlogged, createFixedRefusal('SOLD_OUT'));
    });
    await fetch(`${url}/things`);
    await fetch(`${url}/nothing`, { method: 'POST' });
    await fetch(`${url}/spike/1/secret-ticket`, { method: 'POST' });
    const authorization = 'Bearer secret-token';
    await fetch(`${url}/things/7?key=secret-key`, { method: 'POST', headers: { authorization }, body: 'secret-body' });
    expect(lines).toMatchObject([{ level: 30, method: 'POST', route: '/things/:id', status: 200 }]);
    expect(JSON.stringify(lines)).not.toContain('secret');
  });

  test('says once a second that a store is away, and how often it did not say so', async () => {
    const { url, lines } = await run(({ route }) =>
      route.get('/things', () => {
        throw new Refusal('STORE_UNAVAILABLE', { store: 'redis' }, 1);
      }),
    );
    const clock = jest.spyOn(performance, 'now').mockReturnValue(10_000);
    try {
      for (let request = 0; request < 20; request += 1) await fetch(`${url}/things`);
      expect(lines).toMatchObject([{ level: 40, code: 'STORE_UNAVAILABLE' }]);
      clock.mockReturnValue(11_000);
      await fetch(`${url}/things`);
      expect(lines[1]).toMatchObject({ suppressed: 19 });
    } finally {
      clock.mockRestore();
    }
  });
});

describe('an answer', () => {
  test('from either way of answering has the same headers', async () => {
    const { url } = await run(({ route }) => {
      route.get('/koa', (ctx) => (ctx.body = { status: 'success' }));
      route.get('/fast', createFixedRefusal('SOLD_OUT', { rest: 0 }));
    });
    const names = ['content-type', 'cache-control', 'x-content-type-options'];
    const headersOf = async (path: string) => {
      const { headers } = await fetch(url + path);
      expect(headers.get('x-request-id')).toMatch(/-/);
      return names.map((name) => headers.get(name));
    };
    expect(await headersOf('/koa')).toEqual(['application/json; charset=utf-8', 'no-store', 'nosniff']);
    expect(await headersOf('/fast')).toEqual(await headersOf('/koa'));
  });

  test('with characters beyond ASCII arrives whole', async () => {
    const { url } = await run(({ route }) =>
      route.get('/fast', createFixedRefusal('NOT_ELIGIBLE', { reason: '年龄 ü' })),
    );
    expect(await (await fetch(`${url}/fast`)).json()).toMatchObject({ reason: '年龄 ü' });
  });

  test("cannot have its code overwritten by a refusal's details", async () => {
    const details = { code: 'OK', status: 'success', requestId: 'x', orderId: '7' };
    const { url } = await run(({ route }) => route.get('/fast', createFixedRefusal('SOLD_OUT', details)));
    const body = (await (await fetch(`${url}/fast`)).json()) as Record<string, unknown>;
    expect(body).toMatchObject({ status: 'fail', code: 'SOLD_OUT', orderId: '7' });
    expect(body.requestId).not.toBe('x');
  });

  test('to HEAD is that to GET without its body', async () => {
    const { url } = await run(({ route }) => route.get('/koa', (ctx) => (ctx.body = { status: 'success' })));
    const response = await fetch(`${url}/koa`, { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  test('closes its connection while the process drains', async () => {
    const { url, lifecycle } = await run(({ route }) => route.get('/fast', createFixedRefusal('SOLD_OUT')));
    expect((await fetch(`${url}/fast`)).headers.get('connection')).toBe('keep-alive');
    lifecycle.isDraining = true;
    expect((await fetch(`${url}/fast`)).headers.get('connection')).toBe('close');
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });
});

describe('readiness', () => {
  test('names the stores that do not answer, those that never do included, and says no more', async () => {
    const { url } = await run(() => undefined, {
      checks: {
        mysql: () => Promise.resolve(),
        redis: () => Promise.reject(new Error('password of redis')),
        rabbitmq: () => new Promise(() => undefined),
      },
    });
    const response = await fetch(`${url}/readyz`);
    const body = await response.text();
    expect(response.status).toBe(503);
    expect(JSON.parse(body)).toMatchObject({ code: 'STORE_UNAVAILABLE', stores: ['redis', 'rabbitmq'] });
    expect(body).not.toContain('password');
  });
});

describe('what is for the inside', () => {
  test.each(['/readyz', '/metrics'])(
    '%s is no route for whoever comes through a proxy, and /healthz is',
    async (path) => {
      const { url } = await run(() => undefined);
      const throughProxy = { headers: { 'x-forwarded-for': '203.0.113.7' } };
      expect((await fetch(url + path)).status).toBe(200);
      const refused = await fetch(url + path, throughProxy);
      expect(refused.status).toBe(404);
      expect(await refused.json()).toMatchObject({ code: 'ROUTE_NOT_FOUND' });
      expect((await fetch(`${url}/healthz`, throughProxy)).status).toBe(200);
    },
  );
});

test('a client that goes away in the middle of its body leaves no error behind', async () => {
  const { readJsonBody } = await import('./readJsonBody.js');
  let begun = (): void => undefined;
  const hasBegun = new Promise<void>((resolve) => (begun = resolve));
  const { url, lines } = await run(({ route }) =>
    route.post('/things', (ctx) => {
      begun();
      return readJsonBody(ctx, 1_000);
    }),
  );
  const request = httpRequest(`${url}/things`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': '100' },
  });
  request.on('error', () => undefined);
  request.write('{');
  await hasBegun;
  request.destroy();
  const counted = 'http_requests_total{method="POST",route="/things",status="499"';
  const isCounted = async () => (await (await fetch(`${url}/metrics`)).text()).includes(counted);
  // The end of a connection is noticed in its own time; a test that waits in vain ends by its own deadline.
  while (!(await isCounted())) await sleep(10);
  expect(lines.filter(({ level }) => Number(level) >= 40)).toEqual([]);
});

test('a route is found whatever the query, and a path is told apart from one that only begins like it', async () => {
  const { url } = await run(({ route }) => {
    route.get('/users/:id', (ctx) => (ctx.body = ctx.state.params));
    route.get('/users/all', (ctx) => (ctx.body = 'all'));
  });
  const get = async (path: string) => {
    const response = await fetch(url + path);
    return { status: response.status, body: await response.text() };
  };
  expect(await get('/users/7?x=/users/all')).toEqual({ status: 200, body: '{"id":"7"}' });
  expect(await get('/users/a%2Fb')).toEqual({ status: 200, body: '{"id":"a/b"}' });
  expect((await get('/users/all')).body).toBe('all');
  expect((await get('/users/7/more')).status).toBe(404);
  expect((await get(`/users/${'x'.repeat(600)}`)).status).toBe(404);
});
