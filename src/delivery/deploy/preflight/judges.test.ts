import { describe, expect, it } from '@jest/globals';
import type { Revision } from '../createHelm.js';
import { exitOf, type DeployFinding } from '../findings.js';
import { parseManifests } from '../manifests.js';
import { parseImageName } from '../registry/imageName.js';
import { checkRelease, goodRevision } from './checkRelease.js';
import { neededSecrets } from './checkSecrets.js';
import { unknownName } from './checkValues.js';

const target = { release: 'spike', namespace: 'shop', kubeContext: undefined };
const NOW = new Date('2026-01-01T12:00:00Z');

/** Newest first, by their states. */
function history(...states: string[]): Revision[] {
  return states.map((status, index) => ({
    revision: states.length - index,
    updated: '2026-01-01T11:00:00Z',
    status,
    chart: 'spike-1.0.0',
    appVersion: '1.0.0',
    description: '',
  }));
}

describe('a release', () => {
  it.each([
    [[], 'ok', /first installation/],
    [['uninstalled'], 'ok', /first installation/],
    [['deployed', 'superseded'], 'ok', /revision 2/],
    [['failed', 'deployed'], 'warning', /failed/],
    [['pending-upgrade', 'deployed'], 'problem', /pending-upgrade since 60 min ago/],
  ] as const)('whose revisions are %j is %s', (states, status, evidence) => {
    const verdict = checkRelease(target, history(...states), NOW);
    expect(verdict).toMatchObject({ status, evidence: expect.stringMatching(evidence) });
  });

  it('that is pending is mended by the way back, or removed where there is none', () => {
    expect(checkRelease(target, history('pending-upgrade', 'deployed'), NOW).fix).toContain('spikectl deploy rollback');
    expect(checkRelease(target, history('pending-install'), NOW).fix).toContain(
      'helm uninstall spike --namespace shop',
    );
  });

  it('goes back over what failed to what was well', () => {
    expect(goodRevision(history('failed', 'failed', 'deployed', 'superseded'))?.revision).toBe(2);
    expect(goodRevision(history('deployed'))).toBeUndefined();
  });
});

it.each([
  ['spike-user-service:1.0', ['registry-1.docker.io', 'library/spike-user-service', '1.0']],
  ['shop/user', ['registry-1.docker.io', 'shop/user', 'latest']],
  ['docker.io/shop/user:1', ['registry-1.docker.io', 'shop/user', '1']],
  ['localhost:5000/user:1', ['localhost:5000', 'user', '1']],
  ['r.example/shop/user@sha256:ab', ['r.example', 'shop/user', 'sha256:ab']],
  ['r.example:5000/shop/user:1@sha256:ab', ['r.example:5000', 'shop/user', 'sha256:ab']],
])('%s lies at %j', (image, [host, repository, reference]) => {
  expect(parseImageName(image)).toEqual({ host, repository, reference });
});

it.each([
  ['(root): Additional property foo is not allowed', { place: [], name: 'foo' }],
  ['mysql: Additional property urll is not allowed', { place: ['mysql'], name: 'urll' }],
  ["mysql: additional properties 'urll' not allowed", { place: ['mysql'], name: 'urll' }],
  ['replicas: Invalid type. Expected: integer, given: string', undefined],
])('the fault %s names %j', (fault, expected) => {
  expect(unknownName(fault)).toEqual(expected);
});

it('pods need the Secrets that they name and the chart does not bring, with the keys', () => {
  const manifests = parseManifests(`
apiVersion: v1
kind: Secret
metadata: { name: brought }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: user }
spec:
  template:
    spec:
      imagePullSecrets: [{ name: pull }]
      volumes:
        - { name: v, secret: { secretName: files, items: [{ key: a, path: a }] } }
        - { name: w, secret: { secretName: maybe, optional: true } }
      containers:
        - name: c
          envFrom: [{ secretRef: { name: whole } }]
          env:
            - { name: A, valueFrom: { secretKeyRef: { name: brought, key: x } } }
            - { name: B, valueFrom: { secretKeyRef: { name: mysql, key: url } } }
            - { name: C, valueFrom: { secretKeyRef: { name: mysql, key: ca } } }
`);
  expect(neededSecrets(manifests).map(({ name, keys }) => [name, [...keys]])).toEqual([
    ['files', ['a']],
    ['pull', ['.dockerconfigjson']],
    ['whole', []],
    ['mysql', ['url', 'ca']],
  ]);
});

it.each([
  [[0, 2], 2],
  [[4, 4], 4],
  [[1, 2, 4], 1],
  [[2, 5], 5],
] as const)('problems with the codes %j end with %i', (exits, expected) => {
  const findings = exits.map((exit): DeployFinding => ({
    name: 'x',
    status: exit === 0 ? 'ok' : 'problem',
    evidence: '',
    fix: null,
    exit,
  }));
  expect(exitOf(findings)).toBe(expected);
});
