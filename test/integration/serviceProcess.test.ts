import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { settings, type Config } from '../../src/config/settings.js';
import { findFreePort } from '../../src/daemon/findFreePort.js';
import { ask } from '../helpers/ask.js';
import { eventually } from '../helpers/eventually.js';
import { openStores, type TestStores } from '../helpers/openStores.js';
import { openTcpProxy, through } from '../helpers/openTcpProxy.js';
import { testConfig } from '../helpers/serve.js';

let stores: TestStores;
let closeStores: () => Promise<void>;

beforeAll(async () => {
  ({ stores, close: closeStores } = await openStores());
});

afterAll(() => closeStores());

const names = ['user', 'access', 'order', 'admin', 'spike'] as const;

/** A service as pm2 would start it, from the sources. */
function launch(name: (typeof names)[number], config: Partial<Config>) {
  const file = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
  const environment = Object.fromEntries(
    Object.entries(config).map(([setting, value]) => [settings[setting as keyof Config].env, String(value)]),
  );
  const child = spawn(
    process.execPath,
    ['--import', file('test/helpers/runSources.js'), file(`src/services/${name}/main.ts`)],
    { env: { PATH: process.env.PATH, ...environment }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
  );
  let output = '';
  child.stdout!.on('data', (data) => (output += String(data)));
  child.stderr!.on('data', (data) => (output += String(data)));
  const ended = once(child, 'exit').then(([code]) => Number(code));
  /** `ready`, or how it ended without saying so. */
  const ready = Promise.race([
    new Promise<string>((resolve) => child.once('message', (message) => resolve(message as string))),
    ended.then((code) => `ended with ${code}: ${output}`),
  ]);
  return { child, ended, ready, output: () => output };
}

async function localConfig(overrides: Partial<Config> = {}) {
  const port = await findFreePort();
  const ports = { userPort: port, accessPort: port, orderPort: port, adminPort: port, spikePort: port };
  return { port, config: testConfig(stores, { ...ports, logLevel: 'info', ...overrides }) };
}

describe('a service process', () => {
  test('without its settings names each that is missing and ends with 2', async () => {
    const { ended, output } = launch('access', { logLevel: 'info' });
    expect(await ended).toBe(2);
    for (const variable of ['SPIKE_MYSQL_URL', 'SPIKE_REDIS_URL', 'SPIKE_SERVICE_TOKEN'])
      expect(output()).toContain(`Set ${variable}`);
    expect(output()).not.toMatch(/ at .*\.ts:/);
  });

  test('whose port is in use says which and ends with 2', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const { ended, output } = launch('access', (await localConfig({ accessPort: port })).config);
    expect(await ended).toBe(2);
    expect(output()).toContain(
      `Cannot listen on 127.0.0.1:${port}: it is in use. Set another port with SPIKE_ACCESS_PORT.`,
    );
    taken.close();
  });

  test.each(names.flatMap((name) => (['SIGTERM', 'SIGINT'] as const).map((signal) => [name, signal] as const)))(
    '(%s) says ready once its stores answer, and ends with 0 on %s',
    async (name, signal) => {
      const { port, config } = await localConfig();
      const { child, ended, ready, output } = launch(name, config);
      expect(await ready).toBe('ready');
      expect(await ask('GET', `http://127.0.0.1:${port}/readyz`)).toMatchObject({ status: 200 });
      child.kill(signal);
      expect({ code: await ended, output: output() }).toMatchObject({ code: 0 });
      for (const line of output().trim().split('\n')) expect(() => JSON.parse(line) as unknown).not.toThrow();
    },
  );

  test('ends on the shutdown message of pm2', async () => {
    const { child, ended, ready } = launch('access', (await localConfig()).config);
    expect(await ready).toBe('ready');
    child.send('shutdown');
    expect(await ended).toBe(0);
  });
});

describe('a store that is away when the service starts, and again later', () => {
  test.each(['mysql', 'redis'] as const)('is found without a restart when it is back: %s', async (store) => {
    const setting = store === 'mysql' ? 'mysqlUrl' : 'redisUrl';
    const proxy = await openTcpProxy(stores[setting]);
    await proxy.cut();
    const { port, config } = await localConfig({ [setting]: through(proxy, stores[setting]) });
    const { child, ended, ready, output } = launch('user', config);
    const url = `http://127.0.0.1:${port}`;
    try {
      expect(await ready).toBe('ready');
      for (let round = 0; round < 2; round += 1) {
        expect(await ask('GET', `${url}/readyz`)).toMatchObject({ status: 503, body: { stores: [store] } });
        expect(await ask('GET', `${url}/healthz`)).toMatchObject({ status: 200 });
        const login = await ask('POST', `${url}/users/login`, { body: { phone: '+491700', password: 'x' } });
        expect(login).toMatchObject({ status: 503, body: { code: 'STORE_UNAVAILABLE', store } });
        expect(login.headers.get('retry-after')).toBe('1');
        await proxy.mend();
        await untilReady(url);
        const body = { phone: `+4917${store === 'mysql' ? 1 : 2}${round}0000`, password: 'correct horse' };
        expect(await ask('POST', `${url}/users/register`, { body })).toMatchObject({ status: 200 });
        await proxy.cut();
        await untilAway(url);
      }
      expect(output()).not.toMatch(/password|secret/);
    } finally {
      child.kill('SIGTERM');
      expect(await ended).toBe(0);
      await proxy.cut();
    }
  });
});

const untilReady = (url: string) => untilStatus(url, 200);
const untilAway = (url: string) => untilStatus(url, 503);

async function untilStatus(url: string, status: number): Promise<void> {
  await eventually(
    () => ask('GET', `${url}/readyz`),
    (answer) => answer.status === status,
  );
}
