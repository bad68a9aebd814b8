import { execFile } from 'node:child_process';
import { appendFile, chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Finding } from '../../src/daemon/doctor/check.js';
import { readManifest } from '../helpers/surface/manifest.js';
import { openStores, type TestStores } from '../helpers/openStores.js';
import { createCli, type Cli, type CliRun } from '../helpers/runCli.js';
import { startSystem, type TestSystem } from '../helpers/startSystem.js';

const NOWHERE = 'redis://:secret-of-redis@127.0.0.1:9/0';
const CHECKS = [
  'node',
  'settings',
  'rights',
  'disk',
  'logs',
  'locks',
  'servers',
  'mysql',
  'mysql-settings',
  'migrations',
  'redis',
  'redis-memory',
  'redis-persistence',
  'redis-scripts',
  'rabbitmq',
  'queues',
  'dead-letters',
  'clock',
  'ports',
  'processes',
  'health',
];

let stores: TestStores;
let closeStores: () => Promise<void>;
let system: TestSystem;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'spike-doctor-test-'));
  ({ stores, close: closeStores } = await openStores());
  system = await startSystem({ stores, under: 'pm2', environment: { SPIKE_SPIKE_INSTANCES: '1' } });
}, 180_000);

afterAll(async () => {
  await system.stop();
  await closeStores();
  await rm(folder, { recursive: true, force: true });
});

const findingOf = (run: CliRun, name: string): Finding =>
  run.json().checks.find((finding: Finding) => finding.name === name);

describe('doctor on a running system', () => {
  test('finds all well, with evidence for each check', async () => {
    const run = await system.cli(['doctor', '--json']);
    const { ok, checks, fixed, bundle } = run.json();
    expect(checks.filter(({ status }: Finding) => status === 'problem')).toEqual([]);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect({ ok, fixed, bundle }).toEqual({ ok: true, fixed: [], bundle: null });
    expect(checks.map(({ name }: Finding) => name)).toEqual(CHECKS);
    for (const { evidence } of checks) expect(evidence).not.toBe('');
  });

  test('says it in words, one line a check', async () => {
    const run = await system.cli(['doctor']);
    for (const name of CHECKS) expect(run.stdout).toMatch(new RegExp(`^[✓!✗-] ${name} `, 'm'));
  });

  test('a secret that others can read is a problem until --fix has closed it', async () => {
    const file = path.join(system.home, 'local.json');
    await chmod(file, 0o644);
    const found = await system.cli(['doctor', '--json']);
    expect(found.code).toBe(3);
    expect(findingOf(found, 'rights')).toMatchObject({
      status: 'problem',
      fixable: true,
      fix: 'spikectl doctor --fix',
    });
    expect((await stat(file)).mode & 0o777).toBe(0o644);

    const fixed = await system.cli(['doctor', '--fix', '--json']);
    expect(fixed.code).toBe(0);
    expect(fixed.json()).toMatchObject({ ok: true, fixed: [{ name: 'rights', did: expect.stringContaining(file) }] });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test('a lock of a process that is gone is removed by --fix', async () => {
    const lock = path.join(system.home, 'services.lock');
    await writeFile(lock, JSON.stringify({ pid: 1, startedAt: 'long ago' }));
    const fixed = await system.cli(['doctor', '--fix', '--json']);
    expect(fixed.json().fixed).toEqual([{ name: 'locks', did: expect.stringContaining(lock) }]);
    await expect(stat(lock)).rejects.toThrow('ENOENT');
  });

  test('a log that grew too large is moved aside by --fix, and its writer goes on', async () => {
    const log = path.join(system.home, 'logs', 'ingress.log');
    await truncate(log, 101_000_000);
    const found = await system.cli(['doctor', '--json']);
    expect(findingOf(found, 'logs')).toMatchObject({ status: 'warning', fixable: true });
    expect(found.code).toBe(0);
    const fixed = await system.cli(['doctor', '--fix', '--json']);
    expect(fixed.json().fixed).toEqual([{ name: 'logs', did: expect.stringContaining(log) }]);
    expect((await stat(`${log}.1`)).size).toBe(101_000_000);
    await rm(`${log}.1`);
    await system.cli(['daemon', 'restart', 'ingress']);
    await system.waitUntilReady();
    expect(await readFile(log, 'utf8')).toMatch(/^\{/);
  });

  test('services that are down are a problem until --fix has started them', async () => {
    await system.cli(['daemon', 'stop']);
    const found = await system.cli(['doctor', '--json']);
    expect(found.code).toBe(3);
    expect(findingOf(found, 'processes')).toMatchObject({ status: 'problem', fix: 'spikectl daemon', fixable: true });
    expect(findingOf(found, 'health').status).toBe('skipped');

    const fixed = await system.cli(['doctor', '--fix', '--json']);
    expect(fixed.json().checks.filter(({ status }: Finding) => status === 'problem')).toEqual([]);
    expect(fixed.code).toBe(0);
    expect(fixed.json().fixed).toEqual([{ name: 'processes', did: expect.stringContaining('Started user') }]);
  });

  test('a store that was given and is away is named, and is not ours to start', async () => {
    const cli = await createCli();
    try {
      const env = { ...system.operatorEnvironment, SPIKE_REDIS_URL: NOWHERE };
      const run = await cli.run(['doctor', '--fix', '--json'], { env });
      expect(run.code).toBe(3);
      expect(findingOf(run, 'redis')).toMatchObject({ status: 'problem', fixable: false });
      expect(findingOf(run, 'redis').evidence).toContain('ECONNREFUSED');
      expect(findingOf(run, 'redis-memory').status).toBe('skipped');
      expect(run.stdout).not.toContain('secret-of-redis');
    } finally {
      await cli.remove();
    }
  });

  test('asked through a context that points elsewhere, tells what a deployment tells', async () => {
    const cli = await createCli();
    try {
      const file = path.join(system.operatorEnvironment.SPIKE_CONFIG_DIR!, 'contexts.json');
      const { token } = JSON.parse(await readFile(file, 'utf8')).contexts.local;
      // The same ingress under a name that is not this machine's own.
      const { port } = new URL(system.urls.ingress);
      const shop = { url: `http://[::ffff:127.0.0.1]:${port}`, username: 'admin', token };
      await mkdir(cli.configDirectory, { recursive: true, mode: 0o700 });
      const text = JSON.stringify({ current: 'shop', contexts: { shop } });
      await writeFile(path.join(cli.configDirectory, 'contexts.json'), text, { mode: 0o600 });
      const run = await cli.run(['doctor', '--json'], { env: { SPIKE_HOME: path.join(folder, 'nothing-here') } });
      for (const name of ['deployment', 'login', 'queues', 'dead-letters', 'clock']) {
        expect(findingOf(run, name)).toMatchObject({ status: 'ok', fixable: false });
      }
      expect(findingOf(run, 'login').evidence).toBe('admin, admin.');
      expect(run).toMatchObject({ code: 0, stderr: '' });
    } finally {
      await cli.remove();
    }
  });

  test('every command that it tells to type is one that there is', async () => {
    const source = path.resolve('src', 'daemon', 'doctor', 'checks');
    const texts = await Promise.all((await readdir(source)).map((file) => readFile(path.join(source, file), 'utf8')));
    const told = texts.flatMap((text) =>
      [...text.matchAll(/spikectl ([a-z]+(?: [a-z]+)?)/g)].map(([, words]) => words!),
    );
    expect(told.length).toBeGreaterThan(10);
    const known = Object.keys(readManifest()).map((id) => id.replaceAll(':', ' '));
    for (const words of told) expect(known).toContain(known.includes(words) ? words : words.split(' ')[0]);
  });
});

describe('a bundle for a bug report', () => {
  test('holds findings, versions, status, settings and logs, and not one secret that this machine knows', async () => {
    const { secrets } = JSON.parse(await readFile(path.join(system.home, 'local.json'), 'utf8'));
    const tokens = JSON.parse(
      await readFile(path.join(system.operatorEnvironment.SPIKE_CONFIG_DIR!, 'contexts.json'), 'utf8'),
    ).contexts.local.token;
    const passwords = [stores.mysqlUrl, stores.redisUrl, stores.rabbitmqUrl].map((url) => new URL(url).password);
    const all: string[] = [...Object.values<string>(secrets), tokens, ...passwords];
    expect(all.length).toBe(9);
    for (const [index, secret] of all.entries()) {
      const log = path.join(system.home, 'logs', `${index % 2 === 0 ? 'order' : 'ingress'}.log`);
      const base64 = Buffer.from(secret).toString('base64');
      await appendFile(
        log,
        `{"msg":"secret ${secret}","url":"http://h/?k=${encodeURIComponent(secret)}","b":"${base64}"}\n`,
      );
    }
    const file = path.join(folder, 'report.tar.gz');
    const run = await system.cli(['doctor', '--bundle', file, '--json']);
    expect(run.json()).toMatchObject({ bundle: file });
    expect((await stat(file)).mode & 0o777).toBe(0o600);

    const text = await unpacked(file);
    for (const secret of all) {
      for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]) {
        expect(text.includes(form)).toBe(false);
      }
    }
    for (const part of ['"checks"', '"spikectl"', '"middleware"', '"redisKeyPrefix"', '"listening"', 'secret ***']) {
      expect(text).toContain(part);
    }
  });

  test('never replaces a file, and leaves none behind when it cannot be written', async () => {
    const file = path.join(folder, 'there.tar.gz');
    await writeFile(file, 'mine');
    const run = await system.cli(['doctor', '--bundle', file, '--json']);
    expect(run.code).toBe(2);
    expect(run.json()).toMatchObject({ error: { code: 'FILE_EXISTS', exit: 2 } });
    expect(await readFile(file, 'utf8')).toBe('mine');
    expect(await system.cli(['doctor', '--bundle', path.join(folder, 'no', 'such', 'folder.tar.gz')])).toMatchObject({
      code: 1,
    });
  });

  async function unpacked(file: string): Promise<string> {
    const target = await mkdtemp(path.join(folder, 'unpacked-'));
    await promisify(execFile)('tar', ['-xzf', file, '-C', target]);
    const names = await readdir(target, { recursive: true, withFileTypes: true });
    const files = names.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
    expect(files.length).toBeGreaterThan(10);
    return (await Promise.all(files.map((name) => readFile(name, 'utf8')))).join('\n');
  }
});

describe('doctor where nothing runs', () => {
  let cli: Cli;

  beforeAll(async () => {
    cli = await createCli();
  });

  afterAll(() => cli.remove());

  test('says that nothing was ever started, and finds no problem in that', async () => {
    const run = await cli.run(['doctor', '--json'], { env: { SPIKE_HOME: path.join(folder, 'never') } });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    for (const name of ['mysql', 'redis', 'rabbitmq', 'processes']) {
      expect(findingOf(run, name)).toMatchObject({ status: 'skipped', fix: 'spikectl up' });
    }
  });

  test('looks at everything else when the file with the secrets is damaged', async () => {
    const home = path.join(folder, 'damaged');
    await mkdir(home, { mode: 0o700 });
    await writeFile(path.join(home, 'local.json'), '{', { mode: 0o600 });
    const run = await cli.run(['doctor', '--json'], { env: { SPIKE_HOME: home } });
    expect(run.code).toBe(3);
    expect(findingOf(run, 'settings')).toMatchObject({
      status: 'problem',
      evidence: expect.stringContaining('local.json'),
    });
    expect(run.json().checks.map(({ name }: Finding) => name)).toEqual(CHECKS);
  });

  test('a schema that was never made is a problem until --fix has made it', async () => {
    const name = `${stores.redisKeyPrefix}_empty`;
    await stores.sequelize.query(`CREATE DATABASE ${name}`);
    try {
      const url = new URL(stores.mysqlUrl);
      url.pathname = `/${name}`;
      const env = { SPIKE_HOME: path.join(folder, 'empty'), SPIKE_MYSQL_URL: url.href };
      const found = await cli.run(['doctor', '--json'], { env });
      expect(found.code).toBe(3);
      expect(findingOf(found, 'migrations')).toMatchObject({ status: 'problem', fix: 'spikectl db migrate' });
      const fixed = await cli.run(['doctor', '--fix', '--json'], { env });
      expect(fixed.json().fixed).toEqual([
        { name: 'migrations', did: expect.stringContaining('Applied 0001-initial') },
      ]);
      expect(findingOf(fixed, 'migrations').status).toBe('ok');
      expect(fixed.code).toBe(0);
    } finally {
      await stores.sequelize.query(`DROP DATABASE ${name}`);
    }
  });

  test('a deployment elsewhere is asked, and this machine only for what the command line needs', async () => {
    await mkdir(cli.configDirectory, { recursive: true, mode: 0o700 });
    const contexts = { current: 'shop', contexts: { shop: { url: 'http://shop.invalid', token: 'x' } } };
    await writeFile(path.join(cli.configDirectory, 'contexts.json'), JSON.stringify(contexts), { mode: 0o644 });
    const run = await cli.run(['doctor', '--json'], { env: { SPIKE_HOME: path.join(folder, 'elsewhere') } });
    expect(run.code).toBe(3);
    expect(run.json().checks.map(({ name }: Finding) => name)).toEqual([
      'node',
      'settings',
      'rights',
      'deployment',
      'login',
      'queues',
      'dead-letters',
      'clock',
    ]);
    expect(findingOf(run, 'deployment').evidence).toContain('http://shop.invalid is not reachable');
    // A file of tokens that others can read is found, and not mended behind the operator's back.
    expect(findingOf(run, 'rights')).toMatchObject({ status: 'problem', fixable: true });
  });
});
