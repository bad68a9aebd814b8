import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { QueryTypes } from 'sequelize';
import { prepareSettings, serviceNames, servicePorts, serviceSettings } from '../../src/config/serviceSettings.js';
import { settings, type Config, type SettingName } from '../../src/config/settings.js';
import { findFreePort } from '../../src/daemon/findFreePort.js';
import { eventually } from '../helpers/eventually.js';
import { openStores, type TestStores } from '../helpers/openStores.js';
import { testConfig } from '../helpers/serve.js';
import { undoAll, type Undo } from '../helpers/undoAll.js';

/** What the images hold: the folders that `scripts/traceService.js` makes, each run by itself, far from the clone. */
const TRACE = fileURLToPath(new URL('../../scripts/traceService.js', import.meta.url));
const TRACE_WITHIN_MS = 300_000;
const READY_WITHIN_MS = 60_000;
jest.setTimeout(120_000);
const ANY_MYSQL = 'mysql://spike:secret@127.0.0.1:3306/spike';
const PASSWORD = 'a password of a test';

let folder: string;
let stores: TestStores;
const opened: Undo[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'spike-traced-'));
  opened.push(() => rm(folder, { recursive: true }));
  const { stores: made, close } = await openStores();
  opened.push(close);
  stores = made;
  const { code, output } = await run([TRACE, folder], { env: { SOURCE_DATE_EPOCH: '1700000000' } });
  if (code !== 0) throw new Error(`The services cannot be traced (${code}): ${output}`);
}, TRACE_WITHIN_MS);

afterAll(() => undoAll(opened));

function launch(
  args: readonly string[],
  { env = {}, cwd = folder }: { env?: Record<string, string>; cwd?: string } = {},
) {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, output }));
  return { child, ended, output: () => output };
}

function run(...given: Parameters<typeof launch>) {
  return launch(...given).ended;
}

function environmentOf(names: readonly SettingName[], config: Partial<Config>): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => (config[name] === undefined ? [] : [[settings[name].env, String(config[name])]])),
  );
}

describe('a service in its image', () => {
  test.each(serviceNames)(
    '%s lacks nothing: it answers, its health check sees it, and SIGTERM ends it with 0',
    async (name) => {
      const port = await findFreePort();
      const cwd = path.join(folder, name);
      const own = [...serviceSettings[name], servicePorts[name], 'environment', 'drainDeadlineMs'] as const;
      const config = testConfig(stores, { [servicePorts[name]]: port, logLevel: 'info' });
      const env = environmentOf(own, config);
      const checkHealth = ['dist/http/checkHealth.js', settings[servicePorts[name]].env];
      expect(await run(checkHealth, { cwd, env })).toMatchObject({
        code: 1,
        output: expect.stringContaining('not healthy'),
      });
      const service = launch([`dist/services/${name}/main.js`], { cwd, env });
      try {
        const url = `http://127.0.0.1:${port}`;
        const ready = async () => (await fetch(`${url}/readyz`).catch(() => undefined))?.status ?? service.output();
        await eventually(ready, (status) => status === 200, READY_WITHIN_MS);
        expect(await run(checkHealth, { cwd, env })).toEqual({ code: 0, output: '' });
        expect((await fetch(`${url}/metrics`)).status).toBe(200);
        if (name === 'user') {
          expect(await (await fetch(url)).text()).toContain('<html');
          const body = JSON.stringify({ phone: '+12025550143', password: PASSWORD });
          const headers = { 'content-type': 'application/json' };
          expect((await fetch(`${url}/users/register`, { method: 'POST', body, headers })).status).toBe(200);
        }
      } finally {
        service.child.kill('SIGTERM');
      }
      const { code, output } = await service.ended;
      expect({ code, output }).toMatchObject({ code: 0 });
      expect(output).not.toContain(PASSWORD);
    },
  );

  test('holds no test, no compiler, no command line and none of the other services', async () => {
    for (const name of serviceNames) {
      const files = await readdir(path.join(folder, name), { recursive: true });
      const others = serviceNames.filter((other) => other !== name);
      const unwanted = files.filter(
        (file) =>
          /\.(test\.js|ts|map)$|^dist\/(commands|cli|daemon|delivery|loadtest|dashboard)\//.test(file) ||
          /^node_modules\/(typescript|jest|pm2|@oclif|ink|react|esbuild|node|npm)\//.test(file) ||
          others.some((other) => file.startsWith(`dist/services/${other}/`)),
      );
      expect({ name, unwanted }).toEqual({ name, unwanted: [] });
      expect(files).toEqual(expect.arrayContaining(['package.json', 'LICENSE', 'node_modules/koa/LICENSE']));
    }
  });
});

describe('the preparation of the database', () => {
  let database = 0;

  /** An empty database of its own, in which no migration ran. */
  async function emptyDatabase(): Promise<string> {
    const url = new URL(stores.mysqlUrl);
    const name = `${url.pathname.slice(1)}_${(database += 1)}`;
    await stores.sequelize.query(`CREATE DATABASE ${name}`);
    opened.push(() => stores.sequelize.query(`DROP DATABASE ${name}`));
    url.pathname = `/${name}`;
    return url.href;
  }

  function prepare(config: Partial<Config>, env: Record<string, string> = {}) {
    return run(['dist/services/admin/prepare.js'], {
      cwd: path.join(folder, 'admin'),
      env: { ...environmentOf(prepareSettings, { logLevel: 'info', ...config }), ...env },
    });
  }

  const messages = (output: string) =>
    output
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { msg: string }).msg);

  test('two at once both succeed, one migration and one account; again changes nothing', async () => {
    const mysqlUrl = await emptyDatabase();
    const file = path.join(folder, 'password');
    await writeFile(file, `${PASSWORD}\n`);
    const env = { SPIKE_USERNAME: 'first', SPIKE_PASSWORD_FILE: file };
    const both = await Promise.all([prepare({ mysqlUrl }, env), prepare({ mysqlUrl }, env)]);
    expect(both.map(({ code, output }) => (code === 0 ? 0 : output))).toEqual([0, 0]);
    const said = both.flatMap(({ output }) => messages(output));
    expect(said.filter((text) => text === 'the schema is up to date')).toHaveLength(1);
    expect(said.filter((text) => text === 'made the first account')).toHaveLength(1);

    const again = await prepare({ mysqlUrl }, { ...env, SPIKE_USERNAME: 'second' });
    expect(again.code).toBe(0);
    expect(messages(again.output)).toEqual([
      'the schema was up to date',
      'there is staff already: no account was made',
    ]);
    const name = new URL(mysqlUrl).pathname.slice(1);
    const staff = await stores.sequelize.query<{ username: string }>(`SELECT username FROM ${name}.admins`, {
      type: QueryTypes.SELECT,
    });
    expect(staff).toEqual([{ username: 'first' }]);
    for (const { output } of [...both, again]) {
      expect(output).not.toContain(PASSWORD);
      expect(output).not.toContain(mysqlUrl);
    }
  });

  test('without an account to make says that there is nobody', async () => {
    const { code, output } = await prepare({ mysqlUrl: await emptyDatabase() });
    expect(code).toBe(0);
    expect(messages(output).at(-1)).toContain('there is no staff: set SPIKE_USERNAME and SPIKE_PASSWORD');
  });

  test('waits for MySQL within its bound, then ends with 5', async () => {
    const mysqlUrl = `mysql://spike:${encodeURIComponent(PASSWORD)}@127.0.0.1:${await findFreePort()}/spike`;
    const { code, output } = await prepare({ mysqlUrl, prepareWaitSeconds: 1 });
    expect(code).toBe(5);
    expect(messages(output)).toEqual(['waiting for MySQL', 'the database is not prepared']);
    expect(output).toContain('MySQL did not answer within 1 s');
    expect(output).not.toContain(encodeURIComponent(PASSWORD));
  });

  test('does not wait for a server that refuses the account or has no such database: 2', async () => {
    const refused = new URL(stores.mysqlUrl);
    refused.password = 'wrong';
    const missing = new URL(stores.mysqlUrl);
    missing.pathname = '/nowhere_at_all';
    for (const url of [refused, missing]) {
      const { code, output } = await prepare({ mysqlUrl: url.href });
      expect({ code, output }).toMatchObject({ code: 2, output: expect.stringContaining('MySQL refuses the account') });
    }
  });

  test.each([
    ['no address', {}, 'Set SPIKE_MYSQL_URL'],
    ['half an account', { SPIKE_MYSQL_URL: ANY_MYSQL, SPIKE_USERNAME: 'first' }, 'belong together'],
    [
      'a short password',
      { SPIKE_MYSQL_URL: ANY_MYSQL, SPIKE_USERNAME: 'first', SPIKE_PASSWORD: 'short' },
      'must have 8 to 128 characters',
    ],
  ])('with %s says what to set and ends with 2', async (_what, env, text) => {
    expect(await prepare({}, env)).toMatchObject({ code: 2, output: expect.stringContaining(text) });
  });
});
