import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { settings } from '../../src/config/settings.js';
import { findFreePort } from '../../src/daemon/findFreePort.js';
import type { LocalConfig } from '../../src/daemon/localConfig.js';
import { imageServices, type ImageService } from '../../src/delivery/build/imageReference.js';
import { collectRenderValues } from '../../src/delivery/render/collectRenderValues.js';
import { ask } from '../helpers/ask.js';
import { eventually } from '../helpers/eventually.js';
import { brokenClone, buildersAtWork, isStepAtWork, npmSettings } from '../helpers/images/buildScene.js';
import { imageEnvironment } from '../helpers/images/imageEnvironment.js';
import { makeBaseImage } from '../helpers/images/makeBaseImage.js';
import { openImageStorage, whyNoImages, type ImageStorage } from '../helpers/images/openImageStorage.js';
import { openRegistry, registryLogin, type TestRegistry } from '../helpers/images/openRegistry.js';
import { readImage, runImage, type RunningImage } from '../helpers/images/runImages.js';
import { runTool } from '../helpers/images/runTool.js';
import { openSale, type Sale } from '../helpers/openSale.js';
import { openStores, type TestStores } from '../helpers/openStores.js';
import { createCli, type Cli, type CliRun } from '../helpers/runCli.js';
import { undoAll, type Undo } from '../helpers/undoAll.js';

/** Building takes as long as npm and the compiler do on a machine that has other things to do, too. */
const BUILD_DEADLINE_MS = 600_000;
/** Five containers start side by side. */
const READY_WITHIN_MS = 120_000;
const TAG = '1.0.0-test';
/** Stands in npm's settings; no image may know it. */
const NPM_TOKEN = 'npm-token-that-no-image-may-hold';
const PREPARE = ['node', 'dist/services/admin/prepare.js'];

jest.setTimeout(BUILD_DEADLINE_MS);

const reason = whyNoImages();
if (reason !== undefined) process.stderr.write(`Skipped: building real images (${reason}).\n`);

(reason === undefined ? describe : describe.skip)('images that are really built', () => {
  let storage: ImageStorage;
  let registry: TestRegistry;
  let cli: Cli;
  let npmrc: string;
  let built: CliRun;
  const opened: Undo[] = [];
  const env = (more: Record<string, string> = {}) => ({ ...storage.env, ...more });
  const reference = (service: ImageService) => `${registry.host}/shop/spike-${service}-service:${TAG}`;
  const build = (...args: string[]) => cli.run(['build', ...args, '--builder', 'buildah', '--json'], { env: env() });

  beforeAll(async () => {
    storage = await openImageStorage();
    opened.push(() => storage.close());
    registry = await openRegistry();
    opened.push(() => registry.close());
    cli = await createCli();
    opened.push(() => cli.remove());
    const { node } = await collectRenderValues('docker', {}, { flags: {}, environment: {}, file: {} });
    await makeBaseImage(storage, `docker.io/library/${node.image}`);
    npmrc = path.join(storage.folder, 'npmrc');
    await writeFile(npmrc, await npmSettings(NPM_TOKEN));
    built = await cli.run(
      [
        ...['build', 'all', '--builder', 'buildah', '--tag', TAG, '--registry', `${registry.host}/shop`],
        ...['--push', '--insecure-registry', '--npmrc', npmrc, '--out', storage.folder, '--json'],
      ],
      { env: env() },
    );
  });

  afterAll(() => undoAll(opened));

  test('are five, each with its id and the digest that the registry names it by, and a chart', async () => {
    if (built.code !== 0) throw new Error(`It ended with ${built.code}:\n${built.stdout}${built.stderr}`);
    const { images, tag, builder, chart } = built.json();
    expect((await stat(chart)).size).toBeGreaterThan(1_000);
    expect({ tag, builder }).toEqual({ tag: TAG, builder: 'buildah' });
    expect(images.map((image: { service: string }) => image.service)).toEqual(imageServices);
    const known = JSON.parse(await storage.buildah('images', '--json', '--no-trunc')) as {
      id: string;
      names?: string[];
    }[];
    for (const { service, reference: named, id, digest } of images) {
      expect(named).toBe(reference(service));
      expect(known.find(({ names }) => names?.includes(named))?.id).toBe(id);
      expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
      expect(digest).toBe(await registry.digest(`shop/spike-${service}-service`, TAG));
    }
  });

  test.each(imageServices)(
    '%s runs as a user without a name, says how it is, and where it comes from',
    async (service) => {
      const image = await readImage(storage, reference(service));
      const port = service === 'access' ? '8081' : '8080';
      expect(image).toMatchObject({
        User: '10001:10001',
        WorkingDir: '/app',
        StopSignal: 'SIGTERM',
        Cmd: ['node', `dist/services/${service}/main.js`],
        ExposedPorts: { [`${port}/tcp`]: {} },
      });
      expect(image.Entrypoint ?? []).toEqual([]);
      expect(image.Healthcheck.Test.slice(0, 3)).toEqual(['CMD', 'node', 'dist/http/checkHealth.js']);
      expect(image.Labels).toMatchObject({
        'org.opencontainers.image.title': `spike-${service}-service`,
        'org.opencontainers.image.version': TAG,
      });
      expect(image.Env).toContain('NODE_ENV=production');
      expect(image.Env.join()).not.toMatch(/TOKEN|SECRET|PASSWORD/i);
    },
  );

  test.each(imageServices)(
    '%s holds no development package, no source, no test, no secret and no npm',
    async (service) => {
      const container = (await storage.buildah('from', '--pull=false', reference(service))).trim();
      const root = (await storage.buildah('mount', container)).trim();
      try {
        expect(await readdir(path.join(root, 'app'))).toEqual(['LICENSE', 'dist', 'node_modules', 'package.json']);
        const packages = await readdir(path.join(root, 'app', 'node_modules'));
        expect(packages).toContain('koa');
        const { devDependencies } = JSON.parse(await readFile('package.json', 'utf8')) as { devDependencies: object };
        expect(packages.filter((name) => name in devDependencies)).toEqual([]);
        for (const name of ['pm2', 'ink', '@oclif', '@types']) expect(packages).not.toContain(name);
        const files = await readdir(path.join(root, 'app'), { recursive: true });
        expect(files.filter((file) => /\.test\.|\.tsx?$|\.npmrc$|\.env$|local\.json$/.test(file))).toEqual([]);
        expect(await readdir(path.join(root, 'usr', 'local', 'bin'))).toEqual(['node']);
        await expect(
          runTool('grep', [
            '-rlF',
            NPM_TOKEN,
            path.join(root, 'app'),
            path.join(root, 'run'),
            path.join(root, 'tmp'),
            path.join(root, 'root'),
          ]),
        ).rejects.toThrow('ended with 1');
      } finally {
        await storage.buildah('umount', container);
        await storage.buildah('rm', container);
      }
      expect(await storage.buildah('inspect', '--type', 'image', reference(service))).not.toContain(NPM_TOKEN);
    },
  );

  describe('and run', () => {
    let stores: TestStores;
    let local: LocalConfig;
    let given: Pick<Awaited<ReturnType<typeof imageEnvironment>>, 'environment' | 'secrets'>;
    let sale: Sale;
    let urls: Record<ImageService, string>;
    const running = new Map<ImageService, RunningImage>();
    const scene: Undo[] = [];

    beforeAll(async () => {
      const house = await openStores();
      stores = house.stores;
      scene.push(house.close);
      const scenery = await imageEnvironment(stores, path.join(storage.folder, 'home'));
      ({ local, urls } = scenery);
      given = scenery;
      scene.push(() => Promise.all([...running.values()].map((image) => image.stop())));
      for (const service of imageServices) running.set(service, await runImage(storage, reference(service), given));
      sale = await openSale(stores, urls, local.secrets);
      scene.push(() => sale.close());
    });

    afterAll(() => undoAll(scene));

    test('all five come up on the stores', async () => {
      for (const service of imageServices) {
        const ready = () =>
          ask('GET', `${urls[service]}/readyz`).then(
            ({ status }) => status,
            () => 0,
          );
        await eventually(ready, (status) => status === 200, READY_WITHIN_MS).catch((error: unknown) => {
          throw new Error(`${service}: ${running.get(service)!.output()}`, { cause: error });
        });
      }
    });

    test('a shopper registers, logs in, fetches a ticket and buys; the order is stored', async () => {
      const eventId = await sale.event({ quantity: 1 });
      const person = { phone: '+4915112345678', password: 'correct horse' };
      expect(await ask('POST', `${urls.user}/users/register`, { body: person })).toMatchObject({ status: 200 });
      const login = await ask('POST', `${urls.user}/users/login`, { body: person });
      const { token, userId } = login.body as { token: string; userId: string };
      const bought = await sale.buy({ token, userId }, eventId);
      expect(bought).toMatchObject({ status: 200, body: { status: 'success', msg: 'rest: 0' } });
      const stored = await sale.orderIn({ token, userId }, bought.body.orderId, 'ordered');
      expect(stored.status).toBe(200);
      expect(await sale.auditAtRest(eventId)).toMatchObject({ ok: true, available: 0, sold: 1 });
    });

    test('the admin image prepares an empty database, and again changes nothing', async () => {
      const name = `${stores.redisKeyPrefix}_prepared`;
      await stores.sequelize.query(`CREATE DATABASE ${name}`);
      scene.push(() => stores.sequelize.query(`DROP DATABASE ${name}`));
      const url = new URL(stores.mysqlUrl);
      url.pathname = `/${name}`;
      const password = 'correct horse battery';
      const environment = { ...given.environment, SPIKE_USERNAME: 'ann' };
      const secrets = { ...given.secrets, SPIKE_PASSWORD: password, [settings.mysqlUrl.env]: url.href };
      for (let round = 0; round < 2; round += 1) {
        const prepare = await runImage(storage, reference('admin'), { environment, secrets, command: PREPARE });
        expect([await prepare.ended, prepare.output()]).toEqual([0, expect.not.stringContaining(password)]);
      }
      const [admins] = await stores.sequelize.query(`SELECT username FROM ${name}.admins`);
      expect(admins).toEqual([{ username: 'ann' }]);
    });

    test.each(imageServices)('%s drains at SIGTERM, ends with 0, and has told no secret', async (service) => {
      const image = running.get(service)!;
      const code = await image.stop();
      if (code !== 0) throw new Error(`It ended with ${code}:\n${image.output()}`);
      expect(image.output()).toContain('"msg":"stopped"');
      for (const secret of Object.values(local.secrets)) expect(image.output()).not.toContain(secret);
    });
  });

  describe('a build that fails', () => {
    const left = async () => (await readdir(storage.env.TMPDIR!)).filter((name) => name.startsWith('spikectl-build-'));

    test('shows the end of its log, says where the whole is, keeps nothing else, and ends with 1', async () => {
      const before = await storage.buildah('containers', '--all', '--quiet');
      const source = await brokenClone(storage.folder);
      const run = await build('images', '--source', source, '--tag', TAG, '--service', 'order');
      expect(run.code).toBe(1);
      const { error } = run.json();
      expect(error).toMatchObject({ code: 'BUILD_FAILED', exit: 1 });
      expect(error.message).toContain(`spike-order-service:${TAG} was not built: buildah ended with`);
      expect(error.message).toContain('npm ci');
      const log = /^The whole log: (.*)$/.exec(error.suggestions[0])![1]!;
      expect(await readFile(log, 'utf8')).toContain('npm ci');
      expect(await left()).toEqual([path.basename(log)]);
      expect(await storage.buildah('containers', '--all', '--quiet')).toBe(before);
      await rm(log);
    });

    test('because its base image is not to be had ends with 5, and says how to name another', async () => {
      const nowhere = `127.0.0.1:${await findFreePort()}/node:24`;
      const run = await build('images', '--tag', TAG, '--service', 'order', '--node-image', nowhere);
      expect(run.code).toBe(5);
      const { error } = run.json();
      expect(error).toMatchObject({ code: 'BASE_IMAGE_UNREACHABLE', exit: 5 });
      expect(error.suggestions[0]).toContain('--node-image');
      await rm(/^The whole log: (.*)$/.exec(error.suggestions[1])![1]!);
    });

    test('leaves no container, no process and no file when it is interrupted', async () => {
      const before = await storage.buildah('containers', '--all', '--quiet');
      const running = cli.start(
        ['build', 'images', '--builder', 'buildah', '--tag', 'never', '--builder-option=--no-cache', '--npmrc', npmrc],
        { env: env() },
      );
      await running.printed(/STEP 4\/4: RUN/);
      // Until the step's own program runs, the signal ends buildah before it could take its containers away.
      await eventually(
        () => isStepAtWork(storage.folder),
        (isAtWork) => isAtWork,
      );
      running.kill('SIGINT');
      const run = await running.ended;
      expect(run.code).toBe(130);
      expect(run.stdout).toBe('');
      expect(await left()).toEqual([]);
      expect(await storage.buildah('containers', '--all', '--quiet')).toBe(before);
      expect(await buildersAtWork(storage.folder)).toEqual([]);
    });
  });

  describe('a registry that refuses', () => {
    const push = (host: string, more: string[] = [], login: Record<string, string> = {}) =>
      cli.run(
        [
          ...['build', 'images', '--builder', 'buildah', '--service', 'order', '--tag', TAG, '--npmrc', npmrc],
          ...['--registry', host, '--push', '--json', ...more],
        ],
        { env: env(login) },
      );

    test('because it speaks http alone: 5, and the flag for it', async () => {
      const run = await push(registry.host);
      expect(run.code).toBe(5);
      expect(run.json().error).toMatchObject({ code: 'REGISTRY_TLS', exit: 5 });
      expect(run.json().error.suggestions.join()).toContain('--insecure-registry');
    });

    test('because nobody is there: 5, and what was pushed', async () => {
      const run = await push(`127.0.0.1:${await findFreePort()}`, ['--insecure-registry']);
      expect(run.code).toBe(5);
      expect(run.json().error).toMatchObject({ code: 'REGISTRY_UNREACHABLE', exit: 5 });
      expect(run.json().error.message).toContain('No image was pushed before it.');
    });

    test('because nobody is logged in: 4, and how to; the login of a pipeline is taken and kept nowhere', async () => {
      const closed = await openRegistry({ asksLogin: true });
      try {
        const refused = await push(closed.host, ['--insecure-registry']);
        expect(refused.code).toBe(4);
        expect(refused.json().error.suggestions).toContain(`buildah login ${closed.host}`);
        const { username, password } = registryLogin;
        const login = { SPIKE_REGISTRY_USERNAME: username, SPIKE_REGISTRY_PASSWORD: password };
        const taken = await push(closed.host, ['--insecure-registry'], login);
        expect(taken.code).toBe(0);
        expect(taken.json().images[0].digest).toMatch(/^sha256:/);
        expect(taken.stdout + taken.stderr).not.toContain(password);
        expect(await readFile(storage.env.REGISTRY_AUTH_FILE!, 'utf8')).toBe('{}');
      } finally {
        await closed.close();
      }
    });
  });
});
