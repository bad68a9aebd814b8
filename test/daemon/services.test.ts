import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { eventually } from '../helpers/eventually.js';
import { openStores, type TestStores } from '../helpers/openStores.js';
import { startSystem, type TestSystem } from '../helpers/startSystem.js';

let stores: TestStores;
let closeStores: () => Promise<void>;
let system: TestSystem;

beforeAll(async () => {
  ({ stores, close: closeStores } = await openStores());
  system = await startSystem({ stores, under: 'pm2', environment: { SPIKE_SPIKE_INSTANCES: '1' } });
});

afterAll(async () => {
  await system?.stop();
  await closeStores();
});

async function service(name: string) {
  const run = await system.cli(['status', '--json']);
  expect(run.code).toBe(0);
  return run.json().services.find((candidate: { name: string }) => candidate.name === name);
}

/** Each look is a command, which takes a second to start, and many on a busy machine. */
const SEEN_WITHIN_MS = 60_000;
const ANSWER_DEADLINE_MS = 30_000;
jest.setTimeout(180_000);

describe('the services under pm2', () => {
  test('status names the five services, the middleware and the ingress, without passwords', async () => {
    const run = await system.cli(['status', '--json']);
    const status = run.json();
    expect(status.services.map((one: { name: string }) => one.name)).toEqual([
      'user',
      'spike',
      'access',
      'order',
      'admin',
    ]);
    for (const one of status.services) {
      expect(one).toMatchObject({
        url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
        status: 'online',
        instances: 1,
        pid: expect.any(Number),
        restarts: 0,
        cpu: expect.any(Number),
        memoryBytes: expect.any(Number),
      });
    }
    expect(status.middleware.map((one: { name: string; status: string }) => [one.name, one.status])).toEqual([
      ['mysql', 'running'],
      ['redis', 'running'],
      ['rabbitmq', 'running'],
    ]);
    expect(status.ingressUrl).toBe(system.urls.ingress);
    expect(run.stdout).not.toContain(new URL(stores.mysqlUrl).password);
  });

  test('starting what runs already changes nothing', async () => {
    const before = await system.pids('order');
    const run = await system.cli(['daemon', '--json']);
    expect(run.json()).toMatchObject({ started: [] });
    expect(await system.pids('order')).toEqual(before);
  });

  test('a process that was killed is running again within seconds', async () => {
    const [pid] = await system.pids('order');
    await system.kill('order', 'SIGKILL');
    await eventually(
      () => service('order'),
      (order) => order.status === 'online' && order.pid !== pid && order.restarts === 1,
      SEEN_WITHIN_MS,
    );
    await system.waitUntilReady();
  });

  test('the spike service scales up and down without an unanswered request', async () => {
    let isDone = false;
    const failures: string[] = [];
    const client = (async () => {
      while (!isDone) {
        const signal = AbortSignal.timeout(ANSWER_DEADLINE_MS);
        const answer = await fetch(`${system.urls.spike}/healthz`, { signal }).catch(
          (error: unknown) => error as Error,
        );
        if (answer instanceof Error) failures.push(answer.message);
        else await answer.body?.cancel();
      }
    })();
    expect((await system.cli(['daemon', 'scale', 'spike', '2', '--json'])).json()).toMatchObject({ instances: 2 });
    expect(await system.pids('spike')).toHaveLength(2);
    expect((await system.cli(['daemon', 'reload', 'spike'])).code).toBe(0);
    expect(await system.pids('spike')).toHaveLength(2);
    expect((await system.cli(['daemon', 'scale', 'spike', '1'])).code).toBe(0);
    expect(await system.pids('spike')).toHaveLength(1);
    isDone = true;
    await client;
    expect(failures).toEqual([]);
  });

  test('a pm2 daemon that does not answer is named, instead of being waited for', async () => {
    const { pid } = JSON.parse(await readFile(path.join(system.home, 'pm2-daemon.json'), 'utf8')) as { pid: number };
    process.kill(pid, 'SIGSTOP');
    try {
      const run = await system.cli(['daemon', 'status', '--json']);
      expect(run.code).toBe(1);
      expect(run.json()).toMatchObject({
        error: { code: 'DAEMON_SILENT', message: expect.stringContaining(`process ${pid}`) },
      });
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    expect(await system.pids('order')).toHaveLength(1);
  });

  test('only the spike service scales', async () => {
    const run = await system.cli(['daemon', 'scale', 'order', '2', '--json']);
    expect(run.code).toBe(2);
    expect(run.json().error.message).toContain('does not scale');
  });

  test('a mistyped service is answered with the nearest one', async () => {
    const run = await system.cli(['daemon', 'restart', 'ordre', '--json']);
    expect(run.code).toBe(2);
    expect(run.json().error.suggestions).toContain('Did you mean order?');
  });

  test('logs of one service are its JSON lines', async () => {
    const run = await system.cli(['daemon', 'logs', 'spike', '--lines', '3', '--json']);
    const [log] = run.json().logs;
    expect(log.name).toBe('spike');
    for (const line of log.lines) expect(JSON.parse(line)).toMatchObject({ service: 'spike' });
  });

  test('a process is given the secrets that it needs and no others', async () => {
    if (process.platform !== 'linux') return;
    const [pid] = await system.pids('ingress');
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8');
    for (const secret of Object.values(system.local.secrets)) expect(environment).not.toContain(secret);
    expect(environment).not.toContain('mysql://');
  });

  test('stop leaves no process and no port, and a start afterwards serves again', async () => {
    const pids = (
      await Promise.all(
        (['user', 'spike', 'access', 'order', 'admin', 'ingress'] as const).map((name) => system.pids(name)),
      )
    ).flat();
    expect((await system.cli(['daemon', 'stop', '--json'])).json()).toEqual({ stopped: true });
    // An orphan that has ended keeps its number until the system has taken note of it.
    await eventually(
      () => Promise.resolve(pids.filter(isThere)),
      (left) => left.length === 0,
    );
    await expect(fetch(`${system.urls.ingress}/healthz`)).rejects.toThrow();
    expect((await system.cli(['daemon', '--json'])).json().started).toHaveLength(6);
    await system.waitUntilReady();
  });
});

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
