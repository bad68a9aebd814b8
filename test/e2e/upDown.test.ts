import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { findFreePort, isPortFree } from '../../src/daemon/findFreePort.js';
import { portSettings, processNames } from '../../src/daemon/services/processNames.js';
import { readStoreState } from '../../src/daemon/middleware/storeState.js';
import { storeNames } from '../../src/daemon/middleware/store.js';
import { settings } from '../../src/config/settings.js';
import { ask } from '../helpers/ask.js';
import { createCli, type Cli, type CliRun } from '../helpers/runCli.js';

/** Three servers and six processes that start: half a minute, unless the machine is busy. */
jest.setTimeout(400_000);

let cli: Cli;
let base: string;
let home: string;
let env: Record<string, string>;

beforeAll(async () => {
  cli = await createCli();
  base = await mkdtemp(path.join(tmpdir(), 'spike-up-'));
  home = path.join(base, 'home');
  // A disk that is busy may take longer to confirm the order than the second that the answer 200 is waited for.
  env = { SPIKE_HOME: home, SPIKE_SPIKE_INSTANCES: '1', SPIKE_PUBLISH_CONFIRM_TIMEOUT_MS: '30000' };
  for (const name of processNames) env[settings[portSettings[name]].env] = String(await findFreePort());
});

afterAll(async () => {
  await cli.run(['down', '--purge', '--yes'], { env });
  await cli.remove();
  await rm(base, { recursive: true, force: true });
});

async function done(args: string[], more: Record<string, string> = {}): Promise<CliRun> {
  const run = await cli.run(args, { env: { ...env, ...more } });
  expect({ code: run.code, stderr: run.stderr }).toMatchObject({ code: 0 });
  return run;
}

async function shopper(): Promise<{ phone: string; password: string }> {
  return JSON.parse(await readFile(path.join(home, 'credentials.json'), 'utf8')).shopper;
}

describe('the whole system on this machine', () => {
  test('before it was started, status says so and what to type', async () => {
    const run = await done(['status']);
    expect(run.stderr).toContain('spikectl up');
    const services = (await done(['status', '--json'])).json().services;
    expect(services.map((service: { status: string }) => service.status)).toEqual(Array(5).fill('stopped'));
  });

  test('comes up by one command, with an admin who is logged in, a shopper, and a sale that can be bought in', async () => {
    const run = await done(['up', '--demo', '--json']);
    const up = run.json();
    expect(run.stderr).toBe('');
    expect(up.started).toEqual([...storeNames, ...processNames]);
    expect(up.demo).toMatchObject({ title: 'Demo sale', isNew: true });
    expect((await stat(up.credentialsFile)).mode & 0o077).toBe(0);

    const event = (await done(['event', 'show', up.demo.eventId, '--json'])).json();
    expect(event).toMatchObject({ state: 'open', quantity: 100, available: 100 });

    const login = await ask('POST', `${up.ingressUrl}/users/login`, { body: await shopper() });
    const { token } = login.body;
    const ticket = await ask('GET', `${up.ingressUrl}/spike/${up.demo.eventId}`, { token });
    const purchase = await ask('POST', `${up.ingressUrl}/spike/${up.demo.eventId}/${ticket.body.token}`, { token });
    expect(purchase).toMatchObject({ status: 200, body: { status: 'success', msg: 'rest: 99' } });
    const order = await ask('GET', `${up.ingressUrl}/order/${purchase.body.orderId}`, { token });
    expect(order.status).toBe(200);
  });

  test('started again within seconds it finds everything there, passwords are not shown twice', async () => {
    const before = (await done(['status', '--json'])).json();
    const run = await done(['up', '--demo']);
    expect(run.stdout).toBe(`${before.ingressUrl}\n`);
    expect(run.stderr).toContain('was already running');
    expect(run.stderr).toContain('The services were already running');
    expect(run.stderr).not.toContain((await shopper()).password);
    const after = (await done(['status', '--json'])).json();
    expect(after.services.map((service: { pid: number }) => service.pid)).toEqual(
      before.services.map((service: { pid: number }) => service.pid),
    );
  });

  test('a setting that is given while it runs is not half applied, but named', async () => {
    const run = await done(['up'], { SPIKE_LOG_LEVEL: 'debug' });
    expect(run.stderr).toContain('SPIKE_LOG_LEVEL');
    expect(run.stderr).toContain('spikectl daemon restart');
  });

  test('a dry run says what would stop or be deleted, and touches nothing', async () => {
    const before = (await done(['status', '--json'])).json();
    const all = { services: true, middleware: [...storeNames], dryRun: true };
    expect((await done(['down', '--dry-run', '--json'])).json()).toEqual({ ...all, purged: false });
    expect((await done(['down', '--purge', '--dry-run', '--json'])).json()).toEqual({ ...all, purged: true });
    expect((await done(['daemon', 'stop', '--dry-run', '--json'])).json()).toEqual({ stopped: true, dryRun: true });
    expect((await done(['daemon', 'scale', 'spike', '3', '--dry-run'])).stdout).toContain('spike: 1 → 3');
    expect((await done(['db', 'migrate', '--dry-run', '--json'])).json()).toEqual({ applied: [], dryRun: true });
    expect((await done(['db', 'reset', '--dry-run', '--json'])).json()).toMatchObject({ reset: false, dryRun: true });
    const after = (await done(['status', '--json'])).json();
    const pids = ({ services }: typeof before) => services.map((service: { pids: number[] }) => service.pids);
    expect(pids(after)).toEqual(pids(before));
    expect((await done(['event', 'list', '--json'])).json()).toHaveLength(1);
  });

  test('db status and migrate find the schema of today', async () => {
    expect((await done(['db', 'status', '--json'])).json()).toMatchObject({
      applied: ['0001-initial', '0002-steering', '0003-test-buyers'],
      pending: [],
    });
    expect((await done(['db', 'migrate', '--json'])).json()).toEqual({ applied: [] });
  });

  test('db reset asks first, and then forgets orders in all three stores', async () => {
    const asked = await cli.run(['db', 'reset', '--json'], { env });
    expect(asked.code).toBe(2);
    expect(asked.json().error.suggestions).toContain('Pass --yes to say yes beforehand.');
    await done(['db', 'reset', '--yes', '--json']);
    const seeded = (await done(['db', 'seed', '--json'])).json();
    expect(seeded).toMatchObject({ isNew: true, eventId: '1' });
    const event = (await done(['event', 'show', '1', '--json'])).json();
    expect(event).toMatchObject({ available: 100, sold: 0, pending: 0 });
    expect((await done(['audit', '--json'])).json()).toMatchObject({ ok: true });
    expect((await done(['db', 'seed', '--json'])).json()).toMatchObject({ isNew: false, eventId: '1' });
  });

  test('goes down without leaving a process, a port or a pm2 in the home folder', async () => {
    const status = (await done(['status', '--json'])).json();
    const pids: number[] = [...status.services, status.ingress].flatMap((service: { pids: number[] }) => service.pids);
    const states = await Promise.all(storeNames.map((name) => readStoreState(home, name)));
    expect((await done(['down', '--json'])).json()).toEqual({
      services: true,
      middleware: [...storeNames],
      purged: false,
    });
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    const ports = [
      ...processNames.map((name) => Number(env[settings[portSettings[name]].env])),
      ...states.flatMap((state) => [state?.port, state?.epmdPort, state?.distributionPort]),
    ];
    for (const port of ports) if (port !== undefined) expect(await isPortFree(port)).toBe(true);
    await expect(stat(path.join(path.dirname(cli.configDirectory), '.pm2'))).rejects.toThrow('ENOENT');
    expect((await done(['down', '--json'])).json()).toEqual({ services: false, middleware: [], purged: false });
  });

  test('a port that is in use is named before any service starts, with what to type', async () => {
    const port = Number(env.SPIKE_ORDER_PORT);
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    const run = await cli.run(['up', '--json'], { env });
    expect(run.code).toBe(2);
    const { error } = run.json();
    expect(error.code).toBe('PORT_IN_USE');
    expect(error.message).toContain(`Port ${port} on 127.0.0.1, which the order service needs`);
    expect(error.suggestions[0]).toContain('SPIKE_ORDER_PORT=');
    other.close();
    await once(other, 'close');
    const status = (await done(['status', '--json'])).json();
    for (const part of [...status.services, ...status.middleware]) expect(part.status).toBe('stopped');
  });

  test('down --purge forgets the data and the passwords, and asks before', async () => {
    expect((await cli.run(['down', '--purge', '--json'], { env })).code).toBe(2);
    expect((await done(['down', '--purge', '--yes', '--json'])).json()).toMatchObject({ purged: true });
    await expect(stat(home)).rejects.toThrow('ENOENT');
  });

  test('a setting that is not valid stops it at once', async () => {
    const run = await cli.run(['up', '--json'], { env: { ...env, SPIKE_USER_PORT: 'eighty' } });
    expect(run.code).toBe(2);
    expect(run.json().error.message).toContain('userPort');
  });
});
