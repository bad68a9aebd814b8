/* eslint-disable @typescript-eslint/no-explicit-any -- manifests are spoiled field by field */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { externalSecrets, storesByUrl } from '../helpers/chart/cases.js';
import { checkReferences } from '../helpers/chart/checkReferences.js';
import { checkRestricted } from '../helpers/chart/checkRestricted.js';
import { checkSchema } from '../helpers/chart/checkSchema.js';
import { find, type Manifest } from '../helpers/chart/manifest.js';
import { openChart, type Chart, type Release } from '../helpers/chart/openChart.js';

/** What the other tests of the chart lean on finds the faults that it is there for: each is planted here. */
let chart: Chart;
let release: Release;
const values = {
  ...storesByUrl,
  ingress: { enabled: true },
  defaults: { autoscaling: { kind: 'hpa' } },
  services: { order: { autoscaling: { kind: 'keda', keda: { queueDepth: 100 } } } },
  metrics: { serviceMonitor: { enabled: true }, prometheusRule: { enabled: true } },
  networkPolicy: { metricsFrom: [{ namespaceSelector: {} }] },
};

beforeAll(async () => {
  chart = await openChart();
  release = await chart.template(values);
});
afterAll(() => chart.close());

function spoiled(kind: string, name: string, spoil: (manifest: any) => void): Manifest[] {
  const manifests = structuredClone(release.manifests);
  spoil(find(manifests, kind, name));
  return manifests;
}

function spoiledPod(spoil: (spec: any, container: any) => void): Manifest[] {
  return spoiled('Deployment', 'spike-user-service', ({ spec }) =>
    spoil(spec.template.spec, spec.template.spec.containers[0]),
  );
}

describe('the schema check refuses', () => {
  const service = 'spike-user-service';
  test.each<[fault: string, kind: string, name: string, spoil: (manifest: any) => void, says: RegExp]>([
    ['a field with a typo', 'Deployment', service, ({ spec }) => (spec.replica = 1), /\/spec\/replica is not a field/],
    [
      'a typo deep inside',
      'Deployment',
      service,
      ({ spec }) => (spec.template.spec.containers[0].livenessProbe.httpGet.prt = 1),
      /livenessProbe\/httpGet\/prt is not a field/,
    ],
    ['a field on top', 'Service', service, (manifest) => (manifest.status2 = {}), /\/status2 is not a field/],
    [
      'a text for a number',
      'Deployment',
      service,
      ({ spec }) => (spec.revisionHistoryLimit = '5'),
      /revisionHistoryLimit/,
    ],
    ['a missing selector', 'Deployment', service, ({ spec }) => delete spec.selector, /selector/],
    ['a number in a ConfigMap', 'ConfigMap', service, ({ data }) => (data.SPIKE_USER_BURST = 1), /SPIKE_USER_BURST/],
    ['a Job’s typo', 'Job', 'spike-migration', ({ spec }) => (spec.backofLimit = 1), /backofLimit is not a field/],
    ['an HPA’s', 'HorizontalPodAutoscaler', service, ({ spec }) => (spec.metrics[0].resource.nam = 'x'), /nam is not/],
    ['a budget’s', 'PodDisruptionBudget', service, ({ spec }) => (spec.minUnavailable = 1), /minUnavailable is not/],
    ['an Ingress’', 'Ingress', 'spike-ingress', ({ spec }) => (spec.rules[0].http.paths[0].pth = '/'), /pth is not/],
    ['a policy’s', 'NetworkPolicy', service, ({ spec }) => (spec.egress[0].port = 53), /port is not a field/],
    ['a monitor’s', 'ServiceMonitor', 'spike-services', ({ spec }) => (spec.endpoints[0].pth = '/'), /pth is not/],
    ['a rule’s', 'PrometheusRule', 'spike-rules', ({ spec }) => (spec.groups[0].rules[0].exp = '1'), /exp is not/],
    [
      'a scaled object’s',
      'ScaledObject',
      'spike-order-service',
      ({ spec }) => (spec.maxReplicas = 3),
      /maxReplicas is not a field/,
    ],
    [
      'a kind that it does not know',
      'Service',
      service,
      (manifest) => (manifest.apiVersion = 'v2'),
      /no schema for v2 Service/,
    ],
  ])('%s', (_fault, kind, name, spoil, says) => {
    expect(checkSchema(spoiled(kind, name, spoil)).join('\n')).toMatch(says);
  });

  test('nothing of what is right', () => {
    expect(checkSchema(release.manifests)).toEqual([]);
  });
});

describe('the check of the restricted profile refuses', () => {
  test.each<[fault: string, spoil: (spec: any, container: any) => void, says: string]>([
    ['the host’s network', (spec) => (spec.hostNetwork = true), 'hostNetwork'],
    ['the host’s processes', (spec) => (spec.hostPID = true), 'hostPID'],
    ['the host’s IPC', (spec) => (spec.hostIPC = true), 'hostIPC'],
    ['a folder of the host', (spec) => spec.volumes.push({ name: 'host', hostPath: { path: '/' } }), 'volume host'],
    ['a volume of another kind', (spec) => spec.volumes.push({ name: 'nfs', nfs: {} }), 'volume nfs'],
    ['a port of the host', (_spec, container) => (container.ports[0].hostPort = 80), 'hostPort'],
    [
      'a probe of another host',
      (_spec, container) => (container.livenessProbe.httpGet.host = '10.0.0.1'),
      'probe host',
    ],
    ['a privileged container', (_spec, { securityContext }) => (securityContext.privileged = true), 'privileged'],
    ['more rights later', (_spec, { securityContext }) => delete securityContext.allowPrivilegeEscalation, 'allowPriv'],
    ['rights that stay', (_spec, { securityContext }) => (securityContext.capabilities.drop = []), 'capabilities.drop'],
    [
      'new rights',
      (_spec, { securityContext }) => (securityContext.capabilities.add = ['SYS_ADMIN']),
      'capabilities.add',
    ],
    ['root', (spec) => delete spec.securityContext.runAsNonRoot, 'runAsNonRoot'],
    ['root by number', (spec) => (spec.securityContext.runAsUser = 0), 'runAsUser'],
    ['root in a container', (_spec, { securityContext }) => (securityContext.runAsNonRoot = false), 'runAsNonRoot'],
    ['no seccomp profile', (spec) => delete spec.securityContext.seccompProfile, 'seccompProfile'],
    [
      'a container without one',
      (_spec, { securityContext }) => (securityContext.seccompProfile = { type: 'Unconfined' }),
      'seccompProfile',
    ],
    ['an unmasked /proc', (_spec, { securityContext }) => (securityContext.procMount = 'Unmasked'), 'procMount'],
    ['a system setting', (spec) => (spec.securityContext.sysctls = [{ name: 'kernel.msgmax', value: '1' }]), 'sysctl'],
    ['another SELinux user', (spec) => (spec.securityContext.seLinuxOptions = { user: 'root' }), 'seLinuxOptions'],
    ['no AppArmor', (spec) => (spec.securityContext.appArmorProfile = { type: 'Unconfined' }), 'appArmorProfile'],
    ['a host process', (spec) => (spec.securityContext.windowsOptions = { hostProcess: true }), 'hostProcess'],
    ['any of it in an init container', (spec) => (spec.initContainers = [{ name: 'early' }]), 'container early'],
  ])('%s', (_fault, spoil, says) => {
    const problems = checkRestricted(spoiledPod(spoil));
    expect(problems.join('\n')).toContain(says);
    expect(problems.every((problem) => problem.startsWith('Deployment spike-user-service: '))).toBe(true);
  });
});

describe('the check of what is named refuses', () => {
  const user = 'spike-user-service';
  test.each<[fault: string, kind: string, name: string, spoil: (manifest: any) => void, says: string]>([
    ['a selector of nothing', 'Service', user, ({ spec }) => (spec.selector.x = 'y'), 'selects the pods of 0'],
    [
      'a selector of everything',
      'Service',
      user,
      ({ spec }) => delete spec.selector['app.kubernetes.io/component'],
      'selects the pods of 6',
    ],
    ['a port that no pod has', 'Service', user, ({ spec }) => (spec.ports[0].targetPort = 'web'), 'no port web'],
    [
      'an HPA of nothing',
      'HorizontalPodAutoscaler',
      user,
      ({ spec }) => (spec.scaleTargetRef.name = 'x'),
      'Deployment x',
    ],
    [
      'a way to nowhere',
      'Ingress',
      'spike-ingress',
      ({ spec }) => (spec.rules[0].http.paths[0].backend.service.name = 'x'),
      'no Service x',
    ],
    [
      'a peer that there is not',
      'NetworkPolicy',
      'spike-access-service',
      ({ spec }) => (spec.ingress[0].from[0].podSelector.matchLabels.x = 'y'),
      'no pod has the labels',
    ],
    ['a missing account', 'ServiceAccount', user, ({ metadata }) => (metadata.name = 'x'), 'no ServiceAccount'],
    ['a missing ConfigMap', 'ConfigMap', user, ({ metadata }) => (metadata.name = 'x'), 'no spike-user-service'],
    ['a missing key', 'Secret', 'spike-stores', ({ stringData }) => delete stringData.redisUrl, 'no key redisUrl'],
    ['a name twice', 'Service', user, ({ metadata }) => (metadata.name = 'spike-spike-service'), 'twice'],
    ['a long name', 'Service', user, ({ metadata }) => (metadata.name = 'x'.repeat(64)), 'no name'],
    [
      'a hook that needs what comes later',
      'ServiceAccount',
      'spike-migration',
      ({ metadata }) => delete metadata.annotations,
      'Job spike-migration: no ServiceAccount',
    ],
  ])('%s', (_fault, kind, name, spoil, says) => {
    const problems = checkReferences(spoiled(kind, name, spoil), externalSecrets(values, release));
    expect(problems.join('\n')).toContain(says);
  });
});
