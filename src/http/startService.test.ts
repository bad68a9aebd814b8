import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { createLifecycle } from './lifecycle.js';
import { startService } from './startService.js';

function start(listener: RequestListener, options: { port?: number; drainDeadlineMs?: number } = {}) {
  const closed: string[] = [];
  const running = startService({
    host: '127.0.0.1',
    port: 0,
    portVariable: 'SPIKE_TEST_PORT',
    requestTimeoutMs: 5_000,
    drainDeadlineMs: 5_000,
    lifecycle: createLifecycle(),
    log: pino({ level: 'silent' }),
    listener,
    close: () => Promise.resolve(void closed.push('stores')),
    ...options,
  });
  return { running, closed };
}

test('a port that is taken is told with its number and the setting to change', async () => {
  const taken = createTcpServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  await expect(start(() => undefined, { port }).running).rejects.toThrow(
    `Cannot listen on 127.0.0.1:${port}: it is in use. Set another port with SPIKE_TEST_PORT.`,
  );
  taken.close();
});

describe('a service that is told to stop', () => {
  test('answers what it has in hand before its stores close', async () => {
    let begun = (): void => undefined;
    const hasBegun = new Promise<void>((resolve) => (begun = resolve));
    const { running, closed } = start((_req, res) => {
      begun();
      setTimeout(() => res.end('done'), 100);
    });
    const { port, stop } = await running;
    const answer = fetch(`http://127.0.0.1:${port}/`).then((response) => response.text());
    await hasBegun;
    const stopping = stop();
    expect(closed).toEqual([]);
    expect(await answer).toBe('done');
    await stopping;
    expect(closed).toEqual(['stores']);
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  });

  test('gives up what takes longer than the deadline', async () => {
    let begun = (): void => undefined;
    const hasBegun = new Promise<void>((resolve) => (begun = resolve));
    const { running, closed } = start(() => begun(), { drainDeadlineMs: 50 });
    const { port, stop } = await running;
    const answer = fetch(`http://127.0.0.1:${port}/`).then(
      () => 'answered',
      () => 'given up',
    );
    await hasBegun;
    await stop();
    expect(await answer).toBe('given up');
    expect(closed).toEqual(['stores']);
  });

  test('does not wait for connections on which nothing is asked', async () => {
    const drainDeadlineMs = 20_000;
    const { running } = start((_req, res) => res.end('ok'), { drainDeadlineMs });
    const { port, stop } = await running;
    await (await fetch(`http://127.0.0.1:${port}/`)).text();
    const startedAtMs = performance.now();
    await stop();
    expect(performance.now() - startedAtMs).toBeLessThan(drainDeadlineMs / 2);
  });
});
