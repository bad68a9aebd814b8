import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createHttp } from './createHttp.js';

let stop: (() => Promise<void>)[] = [];

/** A server that answers as some thing on the network might: these are the faults, not the services. */
async function listen(answer: RequestListener): Promise<string> {
  return open(createServer(answer));
}

async function open(server: Server | ReturnType<typeof createTcpServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stop.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function client(url: string, answerTimeoutMs = 20_000) {
  const http = createHttp({ url, answerTimeoutMs });
  stop.push(() => http.close());
  return http;
}

const get = { method: 'GET', path: '/users/spike/all' } as const;

afterEach(async () => {
  for (const end of stop.reverse()) await end();
  stop = [];
});

describe('the HTTP client', () => {
  it('sends the token, the query without what is undefined, and an id for the request', async () => {
    const url = await listen((request, response) =>
      response.end(JSON.stringify({ status: 'success', url: request.url, headers: request.headers })),
    );
    const { body } = await client(`${url}/`).call<{ url: string; headers: Record<string, string> }>({
      ...get,
      query: { limit: 5, cursor: undefined, state: 'a&b' },
      token: 'T',
    });
    expect(body.url).toBe('/users/spike/all?limit=5&state=a%26b');
    expect(body.headers).toMatchObject({ authorization: 'Bearer T', 'x-request-id': expect.stringMatching(/.{8,}/) });
  });

  it('throws what a service refuses, with what the code adds and when to come back', async () => {
    const url = await listen((_request, response) => {
      response.writeHead(429, { 'Retry-After': '3' });
      response.end(JSON.stringify({ status: 'fail', code: 'TOO_MANY_REQUESTS', msg: 'too many', orderId: '1' }));
    });
    await expect(client(url).call(get)).rejects.toMatchObject({
      name: 'ServiceRefusal',
      code: 'TOO_MANY_REQUESTS',
      status: 429,
      retryAfterSeconds: 3,
      answer: { orderId: '1' },
    });
  });

  it('has no waiting time when the service gave none', async () => {
    const url = await listen((_request, response) => {
      response.writeHead(409);
      response.end(JSON.stringify({ status: 'fail', code: 'SOLD_OUT', msg: 'sold out' }));
    });
    await expect(client(url).call(get)).rejects.toMatchObject({ retryAfterSeconds: undefined });
  });

  it.each<[string, RequestListener]>([
    ['a page', (_request, response) => response.end('<html>')],
    ['a proxy without a service behind it', (_request, response) => response.writeHead(502).end('Bad Gateway')],
    ['an error that is not ours', (_request, response) => response.writeHead(404).end('{"error":"no"}')],
  ])('does not take %s for an answer of a service', async (_what, answer) => {
    await expect(client(await listen(answer)).call(get)).rejects.toMatchObject({
      name: 'ServiceUnreachable',
      reason: 'notOurs',
    });
  });

  it('says which address refused the connection', async () => {
    const url = await listen(() => undefined);
    await stop.pop()?.();
    await expect(client(url).call(get)).rejects.toMatchObject({
      name: 'ServiceUnreachable',
      reason: 'refused',
      message: `${url} is not reachable: connection refused`,
    });
  });

  it('gives up on a service that does not answer in time', async () => {
    const url = await listen(() => undefined);
    await expect(client(url, 200).call(get)).rejects.toMatchObject({ reason: 'timeout' });
  });

  it('notices a connection that closes before the answer', async () => {
    const url = await listen((request) => request.socket.destroy());
    await expect(client(url).call(get)).rejects.toMatchObject({ reason: 'reset' });
  });

  it('notices something that does not speak HTTP', async () => {
    const url = await open(createTcpServer((socket) => void socket.resume().end('SSH-2.0-OpenSSH\r\n')));
    await expect(client(url).call(get)).rejects.toMatchObject({ reason: 'notOurs' });
  });

  it('keeps its connections open between requests', async () => {
    const ports = new Set<number | undefined>();
    const url = await listen((request, response) => {
      ports.add(request.socket.remotePort);
      response.end('{"status":"success"}');
    });
    const http = client(url);
    for (let count = 0; count < 10; count += 1) await http.call(get);
    expect(ports.size).toBeLessThanOrEqual(2);
  });
});
