import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { valueRows } from '../../src/delivery/render/valuesTable.js';
import { storesByUrl } from '../helpers/chart/cases.js';
import { find } from '../helpers/chart/manifest.js';
import { openChart, type Chart } from '../helpers/chart/openChart.js';
import { runHelm } from '../helpers/kubeTools.js';

let chart: Chart;

beforeAll(async () => {
  chart = await openChart();
});
afterAll(() => chart.close());

const read = (file: string) => readFile(path.join(chart.folder, file), 'utf8');

async function refusal(values: object): Promise<string> {
  const { code, stderr } = await chart.tryTemplate({ ...storesByUrl, ...values });
  expect(code).not.toBe(0);
  return stderr;
}

describe('a typo is refused with its path', () => {
  test.each<[values: object, path: string, typo: string]>([
    [{ imagee: {} }, '(root)', 'imagee'],
    [{ image: { pullpolicy: 'Always' } }, 'image', 'pullpolicy'],
    [{ settings: { queuFactor: 1 } }, 'settings', 'queuFactor'],
    [{ services: { usr: {} } }, 'services', 'usr'],
    [{ services: { user: { replica: 3 } } }, 'services.user', 'replica'],
    [{ services: { user: { settings: { queueFactor: 3 } } } }, 'services.user.settings', 'queueFactor'],
    [{ services: { access: { service: { type: 'NodePort' } } } }, 'services.access.service', 'type'],
    [{ defaults: { autoscaling: { keda: { queDepth: 3 } } } }, 'defaults.autoscaling.keda', 'queDepth'],
    [{ defaults: { resources: { request: {} } } }, 'defaults.resources', 'request'],
    [{ ingress: { tls: [{ secret: 'x' }] } }, 'ingress.tls.0', 'secret'],
    [{ secrets: { keys: { userJwt: 'x' } } }, 'secrets.keys', 'userJwt'],
    [{ networkPolicy: { egress: { ports: [] } } }, 'networkPolicy.egress', 'ports'],
  ])('%j', async (values, place, typo) => {
    const said = await refusal(values);
    expect(said).toContain(`- ${place}: Additional property ${typo} is not allowed`);
  });
});

describe('a value out of its bounds is refused with its path', () => {
  test.each<[values: object, path: string]>([
    [{ services: { user: { service: { type: 'NodePort', nodePort: 80 } } } }, 'services.user.service.nodePort'],
    [{ settings: { batchSizeMax: 0 } }, 'settings.batchSizeMax'],
    [{ settings: { logLevel: 'loud' } }, 'settings.logLevel'],
    [{ settings: { redisKeyPrefix: 'a b' } }, 'settings.redisKeyPrefix'],
    [{ image: { tag: 'latest' } }, 'image.tag'],
    [{ services: { user: { image: { digest: 'sha256:12' } } } }, 'services.user.image.digest'],
    [{ mysql: { url: 'postgres://x' } }, 'mysql.url'],
    [{ redis: { url: 'redis+sentinels://x' } }, 'redis.url'],
    [{ defaults: { autoscaling: { kind: ['hpa', 'keda'] } } }, 'defaults.autoscaling.kind'],
    [{ services: { user: { fullnameOverride: 'a'.repeat(64) } } }, 'services.user.fullnameOverride'],
    [{ ingress: { hosts: ['https://shop.example.com'] } }, 'ingress.hosts.0'],
  ])('%j', async (values, place) => {
    expect(await refusal(values)).toContain(`- ${place}: `);
  });
});

test.each<[values: object, place: string, name: string]>([
  [{ settings: { logLevel: null } }, 'settings', 'logLevel'],
  [{ defaults: { autoscaling: { keda: null } } }, 'defaults.autoscaling', 'keda'],
  [{ services: { user: null } }, 'services', 'user'],
  [{ networkPolicy: { egress: null } }, 'networkPolicy', 'egress'],
  [{ podSecurityContext: null }, '(root)', 'podSecurityContext'],
])('a null that takes away what is needed is refused with its path: %j', async (values, place, name) => {
  expect(await refusal(values)).toContain(`- ${place}: ${name} is required`);
});

test('a null takes away what can be done without', async () => {
  const { manifests } = await chart.template({
    ...storesByUrl,
    podSecurityContext: { runAsUser: null, runAsGroup: null, fsGroup: null },
    defaults: { resources: { limits: null } },
  });
  const { spec } = find(manifests, 'Deployment', 'spike-user-service').spec.template;
  expect(spec.securityContext).toEqual({
    runAsNonRoot: true,
    fsGroupChangePolicy: 'OnRootMismatch',
    seccompProfile: { type: 'RuntimeDefault' },
  });
  expect(spec).not.toHaveProperty('containers.0.resources.limits');
});

describe('values that do not fit each other are refused with what to set', () => {
  test.each<[what: string, values: object, says: RegExp]>([
    [
      'no store',
      { mysql: {}, redis: {}, rabbitmq: {} },
      /mysql is missing: set mysql\.existingSecret .+ or mysql\.url/,
    ],
    [
      'a store twice',
      { redis: { url: 'redis://r:6379', existingSecret: 'x' } },
      /redis is given twice: set redis\.url or redis\.existingSecret/,
    ],
    [
      'a port of a store that the policy keeps closed',
      { redis: { url: 'redis+cluster://:a:7@r1:6379,r2:7001' } },
      /redis\.url has port 7001.+ networkPolicy\.egress\.storePorts/,
    ],
    [
      'an end that comes before the drain is over',
      { services: { spike: { terminationGracePeriodSeconds: 15 } } },
      /spike\.terminationGracePeriodSeconds is 15, but .+ up to 15 seconds: set at least 16/,
    ],
    [
      'a drain that became longer than the end',
      {
        defaults: { terminationGracePeriodSeconds: 30 },
        services: { order: { settings: { drainDeadlineMs: 60_000 } } },
      },
      /order\.terminationGracePeriodSeconds is 30, but .+ set at least 68/,
    ],
    [
      'fewer pods at most than at least',
      { services: { user: { autoscaling: { kind: 'hpa', minReplicas: 5, maxReplicas: 4 } } } },
      /user\.autoscaling\.minReplicas is more than maxReplicas/,
    ],
    [
      'an HPA that looks at nothing',
      { services: { user: { autoscaling: { kind: 'hpa', cpuPercent: 0 } } } },
      /user\.autoscaling has nothing to look at: set cpuPercent, or metrics/,
    ],
    [
      'a queue for a service that has none',
      { services: { access: { autoscaling: { kind: 'keda', keda: { queueDepth: 5 } } } } },
      /access\.autoscaling\.keda\.queueDepth: .+ set it for order/,
    ],
    [
      'a rate without Prometheus',
      { services: { spike: { autoscaling: { kind: 'keda', keda: { requestRate: 5 } } } } },
      /spike\.autoscaling\.keda\.requestRate needs keda\.prometheusUrl/,
    ],
    [
      'a port of the nodes for two',
      { defaults: { service: { type: 'NodePort', nodePort: 30_080 } } },
      /nodePort is that of \w+, too/,
    ],
    [
      'a port of the nodes without the type',
      { services: { user: { service: { nodePort: 30_080 } } } },
      /set services\.user\.service\.type=NodePort/,
    ],
    [
      'a name for two services',
      { services: { user: { fullnameOverride: 'shop' }, spike: { fullnameOverride: 'shop' } } },
      /fullnameOverride: shop is the name of the \w+ service already/,
    ],
    [
      'a label of the chart’s own',
      { commonLabels: { 'app.kubernetes.io/name': 'shop' } },
      /commonLabels: app\.kubernetes\.io\/name is a label that the chart sets itself/,
    ],
    [
      'a label by which pods are found',
      { services: { order: { podLabels: { 'app.kubernetes.io/component': 'shop' } } } },
      /services\.order\.podLabels: app\.kubernetes\.io\/component is a label/,
    ],
    [
      'a Prometheus that is kept out',
      { metrics: { serviceMonitor: { enabled: true } } },
      /name it in networkPolicy\.metricsFrom/,
    ],
  ])('%s', async (_what, values, says) => {
    expect(await refusal(values)).toMatch(says);
  });

  test.each(['7shop', 'my.shop'])('the release %s, whose name no Service may begin with', async (release) => {
    const { code, stderr } = await chart.tryTemplate(storesByUrl, { release });
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/-spike would begin the names of Services.+ or set fullnameOverride/);
    await chart.template({ ...storesByUrl, fullnameOverride: 'shop' }, { release });
  });

  test('a port that is open is found behind a password, a list of addresses and IPv6, and is none of them', async () => {
    const { code, stderr } = await chart.tryTemplate({
      ...storesByUrl,
      mysql: { url: 'mysql://a:12%40@[fd00::12]:3306/spike' },
      redis: { url: 'redis+sentinel://:34@r1:26379,[fd00::34]:26379/main/5' },
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('all of them at once', async () => {
    const said = await refusal({ mysql: {}, redis: {}, rabbitmq: {} });
    for (const store of ['mysql', 'redis', 'rabbitmq']) expect(said).toContain(`${store} is missing`);
  });
});

describe('what there is to read', () => {
  test('every value has a sentence, and the README has them all with their defaults', async () => {
    const [values, readme] = await Promise.all([read('values.yaml'), read('README.md')]);
    const rows = valueRows(values);
    expect(rows.filter(({ describe: text }) => text === '').map(({ path: name }) => name)).toEqual([]);
    const listed = readme.split('\n').filter((line) => line.startsWith('| `'));
    for (const { path: name, usual } of rows)
      expect(
        listed.filter(
          (line) => line.startsWith(`| \`${name}\` |`) && line.endsWith(`${usual ?? ''}\` |`) === (usual !== null),
        ),
      ).toHaveLength(1);
    expect(listed).toHaveLength(rows.length);
  });
});

test('what helm packs is the chart: unpacked elsewhere it renders the same', async () => {
  const target = path.join(chart.folder, '..', 'packed');
  const packed = await runHelm(['package', chart.folder, '--destination', target]);
  expect(packed).toMatchObject({ code: 0 });
  const archive = /saved it to: (.+\.tgz)/.exec(packed.stdout)![1]!;
  const render = (from: string) =>
    runHelm(['template', 'spike', from, '--values', `${chart.folder}/examples/keda.yaml`]).then(({ stdout }) => stdout);
  const [before, after] = await Promise.all([render(chart.folder), render(archive)]);
  expect(after).toBe(before);
  expect(after).toContain('kind: ScaledObject');
  const shown = await runHelm(['show', 'chart', archive]);
  expect(shown.stdout).toMatch(/^name: spike-chart$/m);
});
