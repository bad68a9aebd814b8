import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadConfig } from '../../src/config/loadConfig.js';
import {
  prepareSettings,
  serviceNames,
  servicePorts,
  serviceSettings,
  sharedSettings,
  type ServiceName,
} from '../../src/config/serviceSettings.js';
import { settings, type SettingName } from '../../src/config/settings.js';
import { routeOf } from '../../src/daemon/ingress/routeOf.js';
import { storesByUrl } from '../helpers/chart/cases.js';
import { secretItems } from '../helpers/chart/checkReferences.js';
import { find, podTemplates, type PodTemplate } from '../helpers/chart/manifest.js';
import { openChart, type Chart, type Release } from '../helpers/chart/openChart.js';

const FOLDER = '/run/secrets/spike';

const secretValues: Partial<Record<SettingName, string>> = {
  mysqlUrl: storesByUrl.mysql.url,
  redisUrl: storesByUrl.redis.url,
  rabbitmqUrl: storesByUrl.rabbitmq.url,
  nationalIdKey: 'ab'.repeat(32),
};

let chart: Chart;
let release: Release;
let folder: string;

beforeAll(async () => {
  chart = await openChart();
  folder = await mkdtemp(path.join(tmpdir(), 'spike-chart-secrets-'));
  release = await chart.template({
    ...storesByUrl,
    settings: { pendingMax: 10_000_000, userRatePerSecond: 0.5 },
    services: { spike: { settings: { userBurst: 7 } } },
  });
});
afterAll(async () => {
  await chart.close();
  await rm(folder, { recursive: true, force: true });
});

function readBy(service: ServiceName): SettingName[] {
  return [...sharedSettings, ...serviceSettings[service], servicePorts[service]];
}

function podOf({ manifests }: Release, owner: string): PodTemplate {
  return podTemplates(manifests).find((pod) => pod.owner.metadata.name === owner)!;
}

/** `SPIKE_MYSQL_URL_FILE` with a file of the folder is `SPIKE_MYSQL_URL`; `SPIKE_LOG_FILE` is itself. */
function settingOf(variable: string, value: string): string {
  return value.startsWith(folder) ? variable.replace(/_FILE$/, '') : variable;
}

/** What the process would see, its secrets in a folder of this machine. */
async function environmentOf(pod: PodTemplate): Promise<Record<string, string>> {
  for (const { path: name } of secretItems(pod))
    await writeFile(path.join(folder, name), secretValues[name as SettingName] ?? 's'.repeat(48));
  const [container] = pod.spec.containers as [{ env: { name: string; value: string }[]; envFrom?: object[] }];
  const config =
    container.envFrom === undefined ? {} : find(release.manifests, 'ConfigMap', pod.owner.metadata.name).data;
  const own = container.env.map(({ name, value }) => [name, value.replace(FOLDER, folder)]);
  return { ...config, ...(Object.fromEntries(own) as Record<string, string>) };
}

describe.each(serviceNames)('the %s service', (service) => {
  test('is given exactly the settings that it reads, and takes them', async () => {
    const environment = await environmentOf(podOf(release, `spike-${service}-service`));
    const names = readBy(service);
    const given = Object.entries(environment).map(([name, value]) => settingOf(name, value));
    expect(given.sort()).toEqual(names.map((name) => settings[name].env).sort());
    const { config, origins } = loadConfig(names, { environment });
    expect(new Set(Object.values(origins))).toEqual(new Set(['environment']));
    expect(config).toMatchObject({
      environment: 'production',
      host: '0.0.0.0',
      logFile: '-',
      trustedProxyHops: 0,
      [servicePorts[service]]: service === 'access' ? 8081 : 8080,
    });
  });

  test('has the files of its own secrets and of no others', () => {
    const pod = podOf(release, `spike-${service}-service`);
    const secrets = readBy(service).filter((name) => 'secret' in settings[name]);
    expect(
      secretItems(pod)
        .map((item) => item.path)
        .sort(),
    ).toEqual([...secrets].sort());
  });
});

test('numbers arrive as they were written, and a service’s own win', async () => {
  const config = (service: string) => find(release.manifests, 'ConfigMap', `spike-${service}-service`).data!;
  expect(config('spike')).toMatchObject({
    SPIKE_PENDING_MAX: '10000000',
    SPIKE_USER_RATE: '0.5',
    SPIKE_USER_BURST: '7',
    SPIKE_ACCESS_URL: 'http://spike-access-service:8081',
  });
  expect(config('admin')).toMatchObject({ SPIKE_USER_BURST: '40', SPIKE_USER_URL: 'http://spike-user-service:8080' });
});

test('the migration is given what it reads, and takes it', async () => {
  const { SPIKE_USERNAME, SPIKE_PASSWORD_FILE, ...environment } = await environmentOf(
    podOf(release, 'spike-migration'),
  );
  expect({ SPIKE_USERNAME, SPIKE_PASSWORD_FILE }).toEqual({
    SPIKE_USERNAME: 'admin',
    SPIKE_PASSWORD_FILE: path.join(folder, 'adminPassword'),
  });
  expect(loadConfig(prepareSettings, { environment }).config.mysqlUrl).toBe(storesByUrl.mysql.url);
  const known: string[] = prepareSettings.map((name) => settings[name].env);
  for (const [name, value] of Object.entries(environment)) expect(known).toContain(settingOf(name, value));
});

describe('a change restarts those whom it concerns and no others', () => {
  let unchanged: Promise<Release> | undefined;
  const readers = (name: SettingName) => serviceNames.filter((service) => readBy(service).includes(name));

  test.each<[what: string, values: object, concerned: readonly ServiceName[]]>([
    ['of a setting of two services', { settings: { queueFactor: 9 } }, readers('queueFactor')],
    ['of a setting of one', { settings: { ticketLifetimeSeconds: 9 } }, ['spike']],
    ['of a setting of all', { settings: { logLevel: 'debug' } }, serviceNames],
    ['for one service alone', { services: { user: { settings: { logLevel: 'debug' } } } }, ['user']],
    ['of a store’s URL', { rabbitmq: { url: 'amqp://a:b@other:5672/spike' } }, readers('rabbitmqUrl')],
    ['of how many pods there are', { defaults: { replicas: 5 } }, []],
    ['of the labels', { commonLabels: { a: 'b' } }, []],
  ])('%s', async (_what, values, concerned) => {
    const before = await (unchanged ??= chart.template(storesByUrl));
    const after = await chart.template({ ...storesByUrl, ...values });
    const changed = serviceNames.filter((service) => {
      const pods = [before, after].map((each) => podOf(each, `spike-${service}-service`));
      return JSON.stringify(pods[0]!.metadata) !== JSON.stringify(pods[1]!.metadata);
    });
    expect(changed).toEqual(serviceNames.filter((service) => concerned.includes(service)));
  });
});

describe('the Ingress', () => {
  const paths = [
    '/',
    '/staff',
    '/assets/page.js',
    '/users/login',
    '/users/internals',
    '/spike/7',
    '/spike/7/ticket',
    '/order/all',
    '/admin/live',
    '/administrator',
  ];

  test('leads where the local one leads, and believes one proxy', async () => {
    const { manifests } = await chart.template({ ...storesByUrl, ingress: { enabled: true } });
    for (const path of paths)
      expect([path, leadsTo(manifests, path)]).toEqual([path, `spike-${routeOf(path)}-service`]);
    for (const service of serviceNames)
      expect(find(manifests, 'ConfigMap', `spike-${service}-service`).data!.SPIKE_TRUSTED_PROXY_HOPS).toBe('1');
  });

  test('leads no path to the access service, and the internal ones to where there is no such route', async () => {
    const { manifests } = await chart.template({ ...storesByUrl, ingress: { enabled: true } });
    const text = JSON.stringify(find(manifests, 'Ingress', 'spike-ingress'));
    expect(text).not.toContain('access');
    for (const path of ['/users/internal', '/users/internal/test-tokens'])
      expect(leadsTo(manifests, path)).toBe('spike-spike-service');
  });

  /** As the standard says it: whole elements of the path, and the longest wins. */
  function leadsTo(manifests: Release['manifests'], asked: string): string {
    const [rule] = find(manifests, 'Ingress', 'spike-ingress').spec.rules as {
      http: { paths: { path: string; backend: { service: { name: string } } }[] };
    }[];
    const fits = rule!.http.paths.filter(({ path: prefix }) =>
      `${asked}/`.startsWith(prefix === '/' ? '/' : `${prefix}/`),
    );
    return fits.sort((a, b) => b.path.length - a.path.length)[0]!.backend.service.name;
  }
});

test('the end of a pod outlasts its preStop, its drain and its close', async () => {
  const { manifests } = await chart.template({
    ...storesByUrl,
    defaults: { preStopSleepSeconds: 10 },
    services: { order: { settings: { drainDeadlineMs: 30_500 } } },
  });
  const seconds = (service: string) =>
    (find(manifests, 'Deployment', `spike-${service}-service`).spec.template.spec as Record<string, number>)
      .terminationGracePeriodSeconds;
  expect(seconds('user')).toBe(10 + 8 + 2 + 5);
  expect(seconds('order')).toBe(10 + 31 + 2 + 5);
});

test('what a service says itself wins over the defaults, also where it is nothing', async () => {
  const { manifests } = await chart.template({
    ...storesByUrl,
    image: { tag: `${'1.'.repeat(40)}x` },
    services: {
      user: { replicas: 0, preStopSleepSeconds: 0, topologySpread: [], resources: { limits: { cpu: null } } },
    },
  });
  const { metadata, spec } = find(manifests, 'Deployment', 'spike-user-service');
  const [container] = spec.template.spec.containers as [object];
  expect(spec.replicas).toBe(0);
  expect(spec.template.spec).not.toHaveProperty('topologySpreadConstraints');
  expect(container).not.toHaveProperty('lifecycle');
  expect(container).toMatchObject({
    resources: { requests: { cpu: '250m', memory: '256Mi' }, limits: { memory: '512Mi' } },
  });
  expect(container).not.toHaveProperty('resources.limits.cpu');
  // A tag may be longer than a label, and end with what a label may not end with.
  expect(metadata.labels!['app.kubernetes.io/version']).toBe(`${'1.'.repeat(31)}1`);
});

test('a new pod counts when it has reached its stores; one that answers much without them stays in service', async () => {
  const probes = serviceNames.map((service) => {
    const [container] = podOf(release, `spike-${service}-service`).spec.containers as [Record<string, unknown>];
    const pathOf = (probe: string) => (container[probe] as { httpGet: { path: string } }).httpGet.path;
    return [service, pathOf('startupProbe'), pathOf('livenessProbe'), pathOf('readinessProbe')];
  });
  expect(probes).toEqual([
    ['user', '/readyz', '/healthz', '/healthz'],
    ['spike', '/readyz', '/healthz', '/readyz'],
    ['access', '/readyz', '/healthz', '/readyz'],
    ['order', '/readyz', '/healthz', '/healthz'],
    ['admin', '/readyz', '/healthz', '/healthz'],
  ]);
});

test('pods whose number follows the load have no number of their own; a budget needs more than one', async () => {
  const { manifests } = await chart.template({
    ...storesByUrl,
    defaults: { autoscaling: { kind: 'hpa' } },
    services: {
      admin: { autoscaling: { kind: 'none' }, replicas: 1 },
      order: { autoscaling: { kind: 'keda', minReplicas: 1 } },
    },
  });
  const replicas = (service: string) =>
    find(manifests, 'Deployment', `spike-${service}-service`).spec.replicas as unknown;
  expect(replicas('user')).toBeUndefined();
  expect(replicas('order')).toBeUndefined();
  expect(replicas('admin')).toBe(1);
  const named = (kind: string) => manifests.filter((each) => each.kind === kind).map(({ metadata }) => metadata.name);
  expect(named('HorizontalPodAutoscaler')).toEqual(['access', 'spike', 'user'].map((name) => `spike-${name}-service`));
  expect(named('ScaledObject')).toEqual(['spike-order-service']);
  expect(named('PodDisruptionBudget').sort()).toEqual(
    ['access', 'spike', 'user'].map((name) => `spike-${name}-service`),
  );
});

test('every pod, that of the migration too, may look names up on the ports that are said, and go where more rules lead', async () => {
  const extra = [{ to: [{ ipBlock: { cidr: '10.9.0.0/16' } }], ports: [{ port: 4318, protocol: 'TCP' }] }];
  const { manifests } = await chart.template({
    ...storesByUrl,
    networkPolicy: { egress: { dnsPorts: [53, 5353], extra } },
  });
  const policies = manifests.filter(({ kind }) => kind === 'NetworkPolicy');
  expect(policies).toHaveLength(serviceNames.length + 1);
  for (const { spec } of policies) {
    const ports = [53, 5353].flatMap((port) => ['UDP', 'TCP'].map((protocol) => ({ port, protocol })));
    expect((spec as { egress: object[] }).egress).toEqual(expect.arrayContaining([{ ports }, ...extra]));
  }
});
