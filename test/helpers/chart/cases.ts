import type { Chart, Release, TemplateOptions } from './openChart.js';
import type { External } from './checkReferences.js';

export const storesByUrl = {
  mysql: { url: 'mysql://spike:mysql-password@mysql.stores:3306/spike' },
  redis: { url: 'redis://:redis-password@redis.stores:6379' },
  rabbitmq: { url: 'amqp://spike:rabbitmq-password@rabbitmq.stores:5672/spike' },
};

export const storePasswords = ['mysql-password', 'redis-password', 'rabbitmq-password'];

/** Kinds of installations: each with the values that an operator would write, and the release's name where it matters. */
export interface Case {
  title: string;
  values(chart: Chart): object | Promise<object>;
  options?: TemplateOptions;
}

const prometheus = [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }];

const everything = {
  ...storesByUrl,
  commonLabels: { 'example.com/team': 'shop' },
  image: {
    registry: 'registry.example.com:5000/shop',
    tag: '1.4.0',
    pullPolicy: 'Always',
    pullSecrets: ['registry-login'],
  },
  settings: { logLevel: 'debug', pendingMax: 10_000_000, userRatePerSecond: 0.5, trustedProxyHops: 2 },
  defaults: {
    autoscaling: { kind: 'hpa', minReplicas: 3, behavior: { scaleDown: { stabilizationWindowSeconds: 300 } } },
    serviceAccountAnnotations: { 'example.com/identity': 'spike' },
    podAnnotations: { 'example.com/note': 'yes' },
    podLabels: { 'example.com/tier': 'backend' },
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    tolerations: [{ key: 'sale', operator: 'Exists', effect: 'NoSchedule' }],
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 1, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: {} } },
        ],
      },
    },
    priorityClassName: 'business-critical',
    extraEnv: [{ name: 'TZ', value: 'UTC' }],
  },
  services: {
    user: { image: { digest: `sha256:${'a'.repeat(64)}` }, service: { annotations: { 'example.com/note': 'page' } } },
    spike: {
      terminationGracePeriodSeconds: 120,
      settings: { drainDeadlineMs: 60_000 },
      autoscaling: {
        metrics: [
          {
            type: 'Pods',
            pods: {
              metric: { name: 'http_requests_per_second' },
              target: { type: 'AverageValue', averageValue: '3000' },
            },
          },
        ],
      },
    },
    order: {
      autoscaling: {
        metrics: [
          {
            type: 'External',
            external: {
              metric: { name: 'spike_queue_messages_ready', selector: { matchLabels: { queue: 'orders' } } },
              target: { type: 'AverageValue', averageValue: '2000' },
            },
          },
        ],
      },
    },
    admin: { autoscaling: { kind: 'none' }, replicas: 1, preStopSleepSeconds: 0 },
  },
  ingress: {
    enabled: true,
    className: 'nginx',
    hosts: ['shop.example.com', 'www.example.com'],
    tls: [{ secretName: 'shop-tls', hosts: ['shop.example.com', 'www.example.com'] }],
    annotations: { 'example.com/of': '{{ .Release.Name }}' },
  },
  networkPolicy: {
    publicFrom: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } } }],
    metricsFrom: prometheus,
    egress: {
      storesTo: [{ ipBlock: { cidr: '10.20.0.0/16' } }],
      extra: [{ to: [{ ipBlock: { cidr: '10.30.0.1/32' } }], ports: [{ port: 4317, protocol: 'TCP' }] }],
    },
  },
  metrics: {
    serviceMonitor: { enabled: true, labels: { release: 'prometheus' }, interval: '30s' },
    prometheusRule: { enabled: true, labels: { release: 'prometheus' } },
  },
  extraObjects: [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'extra', namespace: '{{ .Release.Namespace }}' } },
  ],
};

const fromExample = (name: string): Case => ({
  title: `examples/${name}.yaml`,
  values: (chart) => chart.example(name),
});

export const cases: readonly Case[] = [
  fromExample('minimal'),
  fromExample('nginx'),
  fromExample('nginx-f5'),
  fromExample('traefik'),
  fromExample('node-port'),
  fromExample('existing-secrets'),
  fromExample('redis-sentinel'),
  fromExample('redis-cluster'),
  fromExample('keda'),
  { title: 'everything on', values: () => everything },
  {
    title: 'everything off',
    values: () => ({
      ...storesByUrl,
      defaults: { podDisruptionBudget: { enabled: false }, topologySpread: [], replicas: 1 },
      networkPolicy: { enabled: false },
      migration: { enabled: false },
      firstAdmin: { enabled: false },
    }),
  },
  {
    title: 'custom names',
    options: { release: 'flash', namespace: 'elsewhere' },
    values: () => ({
      ...storesByUrl,
      nameOverride: 'sale',
      ingress: { enabled: true },
      services: { order: { fullnameOverride: 'orders' } },
    }),
  },
  {
    title: 'names as long as they may be',
    options: { release: 'r'.repeat(53), namespace: 'n'.repeat(63) },
    values: () => ({
      ...storesByUrl,
      fullnameOverride: 'f'.repeat(63),
      ingress: { enabled: true },
      services: { admin: { fullnameOverride: 'a'.repeat(63) } },
      metrics: { serviceMonitor: { enabled: true }, prometheusRule: { enabled: true } },
      networkPolicy: { metricsFrom: prometheus },
      defaults: { autoscaling: { kind: 'hpa' } },
    }),
  },
];

const madeKeys = ['userJwtSecret', 'adminJwtSecret', 'ticketSecret', 'serviceToken', 'nationalIdKey', 'adminPassword'];

/** The Secrets that these values say are there, and the one that the installation itself would make. */
export function externalSecrets(values: object, { madeSecret }: Release): External {
  const { secrets, ...rest } = values as {
    secrets?: { existingSecret: string; keys: Record<string, string> };
    [store: string]: unknown;
  };
  const found: Record<string, string[]> = {};
  for (const store of ['mysql', 'redis', 'rabbitmq']) {
    const { existingSecret, existingSecretKey = 'url' } = rest[store] as Record<string, string | undefined>;
    if (existingSecret !== undefined) (found[existingSecret] ??= []).push(existingSecretKey);
  }
  if (secrets !== undefined) found[secrets.existingSecret] = Object.values(secrets.keys);
  if (madeSecret !== undefined) found[madeSecret] = madeKeys;
  return found;
}
