import { once } from 'node:events';
import { createServer, request, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { createIngress, type Ingress } from './createIngress.js';

const open: Server[] = [];
let ingress: Ingress | undefined;

afterEach(async () => {
  ingress?.close();
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
});

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  open.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An ingress whose order service is `order`; the others are told apart by their name. */
async function startIngress(order: RequestListener, silenceMaxMs = 30_000): Promise<string> {
  const named = (name: string) => listen((_request, response) => response.end(name));
  const targets = {
    user: await named('user'),
    spike: await named('spike'),
    access: await named('access'),
    admin: 'http://127.0.0.1:1',
    order: await listen(order),
  };
  const same = {
    user: silenceMaxMs,
    spike: silenceMaxMs,
    access: silenceMaxMs,
    order: silenceMaxMs,
    admin: silenceMaxMs,
  };
  ingress = createIngress({ targets, log: pino({ level: 'silent' }), silenceMaxMs: same });
  return listen(ingress.listener);
}

describe('the ingress', () => {
  test('passes method, path, body, status and headers through', async () => {
    const url = await startIngress((request, response) => {
      response.writeHead(202, { 'x-from': 'order' });
      response.write(`${request.method} ${request.url} `);
      request.pipe(response);
    });
    const answer = await fetch(`${url}/order/pay/7?x=1`, { method: 'POST', body: 'hello' });
    expect(answer.status).toBe(202);
    expect(answer.headers.get('x-from')).toBe('order');
    expect(await answer.text()).toBe('POST /order/pay/7?x=1 hello');
  });

  test('tells the service the address of the client and not what the client says about itself', async () => {
    const url = await startIngress((request, response) => response.end(JSON.stringify(request.headers)));
    const answer = await fetch(`${url}/order/all`, {
      headers: { 'x-forwarded-for': '6.6.6.6', forwarded: 'for=6.6.6.6', 'x-forwarded-proto': 'https' },
    });
    const headers = (await answer.json()) as Record<string, string>;
    expect(headers['x-forwarded-for']).toBe('127.0.0.1');
    expect(headers['x-forwarded-proto']).toBe('http');
    expect(headers).not.toHaveProperty('forwarded');
  });

  test('never leads to the access service', async () => {
    const url = await startIngress((_request, response) => response.end());
    const answer = await fetch(`${url}/access/check`, { method: 'POST', body: '{}' });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ status: 'fail', code: 'ROUTE_NOT_FOUND' });
  });

  test('answers 503 for a service that takes a request and says nothing, and leaves alone one that streams', async () => {
    const url = await startIngress((request, response) => {
      if (request.url === '/order/all') return;
      let parts = 0;
      const timer = setInterval(() => {
        response.write('.');
        if ((parts += 1) < 12) return;
        clearInterval(timer);
        response.end();
      }, 150);
    }, 1_500);
    const [silent, stream] = await Promise.all([fetch(`${url}/order/all`), fetch(`${url}/order/7`)]);
    expect(silent.status).toBe(503);
    expect(await silent.json()).toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(await stream.text()).toBe('.'.repeat(12));
  });

  test('answers 503 with Retry-After while a service is away', async () => {
    const url = await startIngress((_request, response) => response.end());
    const answer = await fetch(`${url}/admin/login`, { method: 'POST', body: '{}' });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(await answer.json()).toMatchObject({
      status: 'fail',
      code: 'STORE_UNAVAILABLE',
      msg: 'the admin service is not reachable',
    });
  });

  test('streams an answer as it comes, and lets the service know when the client goes', async () => {
    let isGone = false;
    const url = await startIngress((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: 1\n\n');
      response.on('close', () => {
        isGone = true;
      });
    });
    const client = request(`${url}/order/stream`).end();
    const [answer] = await once(client, 'response');
    const [first] = await once(answer, 'data');
    expect(String(first)).toBe('data: 1\n\n');
    client.destroy();
    for (let round = 0; round < 1_000 && !isGone; round += 1) await sleep(10);
    expect(isGone).toBe(true);
  });

  test('breaks off where the service breaks off', async () => {
    const url = await startIngress((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    });
    const answer = await fetch(`${url}/order/all`);
    await expect(answer.text()).rejects.toThrow();
  });

  test('says itself that it is alive', async () => {
    const url = await startIngress((_request, response) => response.end());
    const answer = await fetch(`${url}/healthz`);
    expect(await answer.json()).toEqual({ status: 'success' });
  });
});
