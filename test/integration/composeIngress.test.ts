import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { serviceNames, type ServiceName } from '../../src/config/serviceSettings.js';
import { findFreePort } from '../../src/daemon/findFreePort.js';
import { routeOf } from '../../src/daemon/ingress/routeOf.js';
import { findBinary, machinePath } from '../../src/daemon/middleware/machineFolders.js';
import { collectRenderValues } from '../../src/delivery/render/collectRenderValues.js';
import { renderAssets } from '../../src/delivery/render/renderAssets.js';
import { eventually } from '../helpers/eventually.js';
import { undoAll, type Undo } from '../helpers/undoAll.js';

/** The ingress of the Compose system: a real nginx with the rendered configuration, in front of services that say who they are. */
const opened: Undo[] = [];
let url: string;
let answers: RequestListener = (asked, response) => response.end(JSON.stringify(asked.headers));

beforeAll(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'spike-nginx-'));
  opened.push(() => rm(folder, { recursive: true }));
  const ports = {} as Record<ServiceName, number>;
  for (const name of serviceNames)
    ports[name] = await listen((asked, response) => {
      response.setHeader('x-service', name);
      answers(asked, response);
    });
  // Nobody listens there: the service that is away.
  const away = await findFreePort();
  const port = await findFreePort();
  const file = path.join(folder, 'nginx.conf');
  await mkdir(path.join(folder, 'tmp'));
  await writeFile(path.join(folder, 'tmp', 'resolver.conf'), '');
  await writeFile(file, await configuration({ folder, port, ports: { ...ports, order: away } }));
  const nginx = start(file);
  opened.push(() => stop(nginx));
  url = `http://127.0.0.1:${port}`;
  await eventually(
    () =>
      fetch(`${url}/healthz`).then(
        (answer) => answer.status,
        () => nginx.exitCode,
      ),
    (status) => status === 200,
  );
});

afterAll(() => undoAll(opened));

/** As rendered, with the places of a container replaced by those of this test. */
async function configuration(at: {
  folder: string;
  port: number;
  ports: Record<ServiceName, number>;
}): Promise<string> {
  const rendered = await renderAssets('compose', await collectRenderValues('compose', {}, {}));
  const { content } = rendered.find((file) => file.path === 'ingress/nginx.conf')!;
  return content
    .replaceAll(' /tmp/', ` ${at.folder}/tmp/`)
    .replace('listen 8080;', `listen 127.0.0.1:${at.port};`)
    .replaceAll(
      /set \$service spike-(\w+)-service:\d+;/g,
      (_all, name: ServiceName) => `set $service 127.0.0.1:${at.ports[name]};`,
    );
}

function start(file: string): ChildProcess {
  const nginx = findBinary(['nginx'], machinePath(process.env.PATH));
  if (nginx === undefined) throw new Error('nginx is not installed: npm test installs it');
  return spawn(nginx, ['-c', file, '-g', 'daemon off;'], { stdio: 'ignore' });
}

async function stop(nginx: ChildProcess): Promise<void> {
  if (nginx.exitCode !== null) return;
  nginx.kill('SIGTERM');
  await once(nginx, 'exit');
}

async function listen(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  opened.push(() => close(server));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}

/** Sends the path as it stands; `fetch` would tidy it up. */
async function ask(target: string): Promise<{ status: number; service: unknown; body: string }> {
  const [answer] = (await once(request(url, { path: target, agent: false }).end(), 'response')) as [IncomingMessage];
  let body = '';
  for await (const chunk of answer) body += String(chunk);
  return { status: answer.statusCode ?? 0, service: answer.headers['x-service'], body };
}

describe('the ingress of the Compose system', () => {
  test.each([
    '/',
    '/users/login',
    '/users/spike/all?limit=5',
    '/assets/page.js',
    '/spike/7',
    '/spike/7/ticket?x=/admin',
    '/spike',
    '/spikes',
    '/admin',
    '/admin/login',
    '/administrator',
    '/users/internals',
  ])('leads %s to the same service as the local ingress', async (target) => {
    expect(await ask(target)).toMatchObject({ status: 200, service: routeOf(target) });
  });

  test.each([
    '/access',
    '/access/check',
    '/metrics',
    '/readyz',
    '/users/internal',
    '/users/internal/test-tokens',
    '/users/%69nternal/test-tokens?x=1',
    '/%75sers/internal/test-tokens',
    '/users%2Finternal/test-tokens',
    '/users//internal/test-tokens',
    '/shop/../users/internal/test-tokens',
    'http://shop.example/users/internal/test-tokens',
    '/%61ccess/check',
  ])('leads %s nowhere', async (target) => {
    const { status, service, body } = await ask(target);
    expect({ status, service }).toEqual({ status: 404, service: undefined });
    expect(JSON.parse(body)).toMatchObject({
      status: 'fail',
      code: 'ROUTE_NOT_FOUND',
      requestId: expect.stringMatching(/^\w+$/),
    });
  });

  test('answers 503 with Retry-After while a service is away', async () => {
    const answer = await fetch(`${url}/order/all`);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(await answer.json()).toMatchObject({ status: 'fail', code: 'STORE_UNAVAILABLE' });
  });

  test('tells the service the address of the client and not what the client says about itself', async () => {
    const headers = { 'x-forwarded-for': '6.6.6.6', forwarded: 'for=6.6.6.6', 'x-forwarded-proto': 'https' };
    const told = (await (await fetch(`${url}/users/login`, { headers })).json()) as Record<string, string>;
    expect(told).toMatchObject({
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      host: new URL(url).host,
    });
    expect(told).not.toHaveProperty('forwarded');
  });

  test('streams an answer as it comes, and lets the service know when the client goes', async () => {
    let isGone = false;
    answers = (_asked, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: 1\n\n');
      response.on('close', () => (isGone = true));
    };
    const client = request(`${url}/admin/live`).end();
    const [answer] = (await once(client, 'response')) as [IncomingMessage];
    const [first] = (await once(answer, 'data')) as [Buffer];
    expect(String(first)).toBe('data: 1\n\n');
    client.destroy();
    await eventually(
      async () => isGone,
      (gone) => gone,
    );
  });

  test('hands a body on whatever its size: the services refuse what is too large, in their own form', async () => {
    answers = (asked, response) => {
      let bytes = 0;
      asked.on('data', (chunk: Buffer) => (bytes += chunk.length));
      asked.on('end', () => response.end(String(bytes)));
    };
    const answer = await fetch(`${url}/users/login`, { method: 'POST', body: 'x'.repeat(2_000_000) });
    expect(await answer.text()).toBe('2000000');
  });
});
