import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { createApp, type App } from './createApp.js';
import { createLog } from './createLog.js';
import { deprecated } from './deprecated.js';
import { createLifecycle } from './lifecycle.js';
import { createMetrics } from './metrics.js';
import { buildOperation } from './openapi/buildOperation.js';
import { createBody } from './validate.js';

const metrics = createMetrics({ service: 'test', instance: '0', version: '1.2.3' });
let app: App;
let server: Server;
let url: string;

beforeAll(async () => {
  const log = createLog({ service: 'test', level: 'silent' });
  app = createApp({ log, metrics, lifecycle: createLifecycle(), checks: {}, checkTimeoutMs: 50 });
  const old = app.route.behind(deprecated({ since: '2030-01-01', sunset: '2030-07-01' }));
  const body = createBody(1_000);
  old.post('/old', body(z.strictObject({}).meta({ id: 'Nothing' })), (ctx) => (ctx.body = { status: 'success' }));
  app.route.get('/new', (ctx) => (ctx.body = { status: 'success' }));
  server = createServer(app.listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
  metrics.close();
});

async function signs(path: string, body?: string) {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}${path}`, body === undefined ? {} : { method: 'POST', headers, body });
  return [answer.status, answer.headers.get('deprecation'), answer.headers.get('sunset')];
}

test('every answer of a route that is given up says since when, and until when it is there', async () => {
  const given = [`@${Date.UTC(2030, 0, 1) / 1_000}`, 'Mon, 01 Jul 2030 00:00:00 GMT'];
  expect(await signs('/old', '{}')).toEqual([200, ...given]);
  expect(await signs('/old', '{"half":')).toEqual([400, ...given]);
  expect(await signs('/new')).toEqual([200, null, null]);
});

test('the API document marks it', () => {
  const route = app.routes.find(({ pattern }) => pattern === '/old')!;
  const description = { operationId: 'old', summary: 'Old', answers: {} };
  const contract = { tag: 'Test', description: '', routes: {} };
  const parts = { schemas: {}, responses: {} };
  expect(buildOperation({ service: 'test', contract, route, description }, parts)).toMatchObject({
    deprecated: true,
    'x-sunset': '2030-07-01',
  });
});
