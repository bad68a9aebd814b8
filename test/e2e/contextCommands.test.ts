import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createAdminService } from '../../src/services/admin/createAdminService.js';
import { ensureAdmin } from '../../src/stores/mysql/admins.js';
import { openStores, type TestStores } from '../helpers/openStores.js';
import { createCli, type Cli } from '../helpers/runCli.js';
import { serve, testConfig, type Served } from '../helpers/serve.js';

const NOWHERE = 'http://127.0.0.1:9';
const PASSWORD = 'correct horse battery';
const cost = { logN: 10, r: 8, p: 1 };
const HOUR_MS = 3_600_000;

let stores: TestStores;
let closeStores: () => Promise<void>;
let admin: Served;
let cli: Cli;
let token: string;

beforeAll(async () => {
  cli = await createCli();
  ({ stores, close: closeStores } = await openStores());
  admin = await serve(createAdminService, testConfig(stores));
  await ensureAdmin(stores.sequelize, { username: 'ada', password: PASSWORD, cost });
  const args = ['login', '--url', admin.url, '--context', 'shop', '--username', 'ada', '--password-stdin', '--json'];
  expect(await cli.run(args, { input: `${PASSWORD}\n` })).toMatchObject({ code: 0 });
  token = (await readContexts()).contexts.shop.token;
});

afterAll(async () => {
  await cli.remove();
  await admin.stop();
  await closeStores();
});

beforeEach(() => keep({ shop: { url: admin.url, username: 'ada', token } }));

const file = () => path.join(cli.configDirectory, 'contexts.json');

async function readContexts() {
  return JSON.parse(await readFile(file(), 'utf8'));
}

async function keep(contexts: Record<string, object>, current: string | undefined = 'shop'): Promise<void> {
  await mkdir(cli.configDirectory, { recursive: true, mode: 0o700 });
  await writeFile(file(), JSON.stringify({ current, contexts }), { mode: 0o600 });
}

/** The same token, as if it had been issued long ago. */
function expiredToken(): string {
  const { exp: _exp, iat: _iat, ...claims } = jwt.decode(token) as jwt.JwtPayload;
  const seconds = Math.floor(Date.now() / 1_000);
  return jwt.sign({ ...claims, iat: seconds - 900_000, exp: seconds - 800_000 }, admin.config.adminJwtSecret);
}

describe('a login that is not valid any more', () => {
  test('because it expired ends with 4, says when, and what to type for this context', async () => {
    const tokenExpiresAt = new Date(Date.now() - HOUR_MS).toISOString();
    await keep({ shop: { url: admin.url, username: 'ada', token: expiredToken(), tokenExpiresAt } });
    const text = await cli.run(['event', 'list']);
    expect(text).toMatchObject({ code: 4, stdout: '' });
    expect(text.stderr).toContain(`Your login to shop (${admin.url}) expired at ${tokenExpiresAt}`);
    expect(text.stderr).toContain('Try: spikectl login --context shop');
    const json = await cli.run(['event', 'list', '--json']);
    expect(json).toMatchObject({ code: 4, stderr: '' });
    expect(json.json()).toMatchObject({
      error: { code: 'TOKEN_EXPIRED', exit: 4, suggestions: ['spikectl login --context shop'] },
    });
    expect((await cli.run(['context', 'show', '--json'])).json()).toMatchObject({ loggedIn: false, tokenExpiresAt });
  });

  test('in a pipeline, whose token the service finds expired, ends with 4', async () => {
    const env = { SPIKE_URL: admin.url, SPIKE_TOKEN: expiredToken() };
    const run = await cli.run(['event', 'list', '--json'], { env });
    expect(run.json()).toMatchObject({ error: { code: 'TOKEN_EXPIRED', exit: 4, suggestions: ['spikectl login'] } });
    expect(run.code).toBe(4);
  });

  test('because somebody made it up ends with 4, and nothing of it is shown', async () => {
    const forged = jwt.sign(jwt.decode(token) as object, 'a secret that is not the one of the service');
    await keep({ shop: { url: admin.url, token: forged } });
    const run = await cli.run(['event', 'pause', '1', '--verbose']);
    expect(run).toMatchObject({ code: 4, stdout: '' });
    expect(run.stderr).not.toContain(forged);
    expect(run.stderr).toContain('spikectl login');
  });
});

describe('a deployment that is away', () => {
  test('ends with 5, names its address, and points at the context and not at this machine', async () => {
    await keep({ shop: { url: 'http://shop.invalid', token } });
    const run = await cli.run(['event', 'list', '--json']);
    expect(run.json()).toMatchObject({
      error: {
        code: 'UNREACHABLE',
        exit: 5,
        message: expect.stringContaining('http://shop.invalid is not reachable'),
        suggestions: ['spikectl context show'],
      },
    });
    expect(run.code).toBe(5);
  });

  test('keeps the login there was when it is away at the next login', async () => {
    await keep({ shop: { url: NOWHERE, username: 'ada', token } });
    const run = await cli.run(['login', '--password-stdin'], { input: `${PASSWORD}\n` });
    expect(run.code).toBe(5);
    expect((await readContexts()).contexts.shop.token).toBe(token);
  });

  test('whose MySQL is away ends with 5, because nobody can tell who asks', async () => {
    const config = testConfig(
      { ...stores, mysqlUrl: 'mysql://u:p@127.0.0.1:9/d' },
      { adminJwtSecret: admin.config.adminJwtSecret },
    );
    const lame = await serve(createAdminService, config, { storesWithinMs: 0 });
    try {
      for (const command of [['queue', 'list'], ['event', 'list'], ['event', 'pause', '1'], ['audit']]) {
        const run = await cli.run([...command, '--json'], { env: { SPIKE_URL: lame.url, SPIKE_TOKEN: token } });
        expect(run.json()).toMatchObject({ error: { code: 'STORE_UNAVAILABLE', exit: 5 } });
        expect(run.json().error.suggestions.join()).toMatch(/Try again in \d+ s/);
        expect(run.code).toBe(5);
      }
    } finally {
      await lame.stop();
    }
  });
});

describe('the contexts', () => {
  test.each([
    [['event', 'list', '--context', 'shpo']],
    [['context', 'use', 'shpo']],
    [['context', 'show', 'shpo']],
    [['context', 'delete', 'shpo', '--yes']],
    [['logout', '--context', 'shpo']],
  ])('%j with a wrong name is refused with the nearest one', async (args) => {
    const run = await cli.run([...args, '--json']);
    expect(run.json()).toMatchObject({
      error: { code: 'USAGE', exit: 2, suggestions: expect.arrayContaining(['Did you mean shop?']) },
    });
    expect(run.code).toBe(2);
  });

  test('are chosen by flag, then by environment, then by the file', async () => {
    await keep({ shop: { url: admin.url, token }, spare: { url: NOWHERE, token } });
    expect(await cli.run(['event', 'list'])).toMatchObject({ code: 0 });
    expect(await cli.run(['event', 'list'], { env: { SPIKE_CONTEXT: 'spare' } })).toMatchObject({ code: 5 });
    const both = await cli.run(['event', 'list', '--context', 'shop'], { env: { SPIKE_CONTEXT: 'spare' } });
    expect(both).toMatchObject({ code: 0 });
  });

  test('with their tokens are readable by their owner alone, also after each change', async () => {
    await keep({ shop: { url: admin.url, token }, spare: { url: NOWHERE, token } });
    await cli.run(['context', 'use', 'spare']);
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    await cli.run(['logout', '--context', 'spare']);
    expect((await stat(file())).mode & 0o777).toBe(0o600);
  });

  test('are forgotten when the operator says yes, the current one too', async () => {
    await keep({ shop: { url: admin.url, token }, spare: { url: NOWHERE, token } });
    const unasked = await cli.run(['context', 'delete', 'spare']);
    expect(unasked).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('--yes') });
    expect((await cli.run(['context', 'delete', 'spare', '--yes', '--json'])).json()).toEqual({
      name: 'spare',
      url: NOWHERE,
      deleted: true,
      wasCurrent: false,
    });
    expect(Object.keys((await readContexts()).contexts)).toEqual(['shop']);
    const last = await cli.run(['context', 'delete', 'shop', '--yes']);
    expect(last.stderr).toContain('spikectl context use');
    expect(await cli.run(['event', 'list'])).toMatchObject({ code: 4 });
  });

  test('that were damaged are named with the file and the way out', async () => {
    await writeFile(file(), '{"contexts":', { mode: 0o600 });
    const run = await cli.run(['event', 'list', '--json']);
    expect(run.code).toBe(2);
    expect(run.json()).toMatchObject({ error: { code: 'CONFIG', message: expect.stringContaining(file()) } });
  });
});
