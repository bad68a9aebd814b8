import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { storesByUrl } from '../helpers/chart/cases.js';
import { openChart, type Chart } from '../helpers/chart/openChart.js';
import type { KubeObject } from '../helpers/kube/createObjects.js';
import { openKubeStandIn, type KubeStandIn } from '../helpers/kube/openKubeStandIn.js';
import { runHelm, type HelmRun } from '../helpers/kubeTools.js';

/**
 * The Secret that an installation makes, through real helm against a stand-in for the API: `lookup` and hooks need one that
 * answers. What the stand-in cannot say is what a cluster's admission would.
 */
let chart: Chart;
let cluster: KubeStandIn;

beforeAll(async () => {
  chart = await openChart();
});
afterAll(() => chart.close());

beforeEach(async () => {
  cluster = await openKubeStandIn();
  cluster.create({ kind: 'Namespace', metadata: { name: 'shop' } });
});
afterEach(() => cluster.close());

async function helm(verb: string, values: object = {}, ...args: string[]): Promise<HelmRun> {
  const file = path.join(chart.folder, '..', 'cluster-values.json');
  await writeFile(file, JSON.stringify({ ...storesByUrl, ...values }));
  const chartArgs = verb === 'uninstall' ? [] : [chart.folder, '--values', file];
  return runHelm([verb, 'spike', ...chartArgs, '--namespace', 'shop', ...args], cluster.kubeconfig);
}

function made(): KubeObject | undefined {
  return cluster.objects.get('Secret', 'shop', 'spike-secrets');
}

function valuesOf(secret: KubeObject): Record<string, string> {
  const data = secret.data as Record<string, string>;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]));
}

describe('the Secret that the first installation makes', () => {
  test('has a random value for each key, and is there before the migration', async () => {
    const order: string[] = [];
    cluster.objects.onChange(({ type, object }) => {
      if (type === 'ADDED') order.push(`${object.kind} ${object.metadata.name}`);
    });
    expect(await helm('install')).toMatchObject({ code: 0 });
    const values = valuesOf(made()!);
    expect(Object.keys(values).sort()).toEqual(
      ['userJwtSecret', 'adminJwtSecret', 'ticketSecret', 'serviceToken', 'nationalIdKey', 'adminPassword'].sort(),
    );
    expect(new Set(Object.values(values)).size).toBe(6);
    for (const [key, value] of Object.entries(values))
      expect(value).toMatch(key === 'nationalIdKey' ? /^[0-9a-f]{64}$/ : /^[a-zA-Z0-9]{48}$/);
    const [secret, job, deployment] = [
      'Secret spike-secrets',
      'Job spike-migration',
      'Deployment spike-user-service',
    ].map((name) => order.indexOf(name));
    expect(secret).toBeGreaterThanOrEqual(0);
    expect(job).toBeGreaterThan(secret!);
    expect(deployment).toBeGreaterThan(job!);
  });

  test('is the same, untouched, after an upgrade, an uninstall and a new installation', async () => {
    await helm('install');
    const { resourceVersion, uid } = made()!.metadata;
    const values = valuesOf(made()!);
    for (const [verb, given] of [
      ['upgrade', { settings: { logLevel: 'debug' } }],
      ['uninstall', {}],
      ['install', {}],
    ] as const) {
      expect(await helm(verb, given)).toMatchObject({ code: 0 });
      expect(made()!.metadata).toMatchObject({ resourceVersion, uid });
      expect(valuesOf(made()!)).toEqual(values);
    }
  });

  test('is not made anew when it is gone, unless one says so', async () => {
    await helm('install');
    const before = valuesOf(made()!);
    cluster.objects.remove(made()!);
    const refused = await helm('upgrade');
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toMatch(/The Secret spike-secrets is gone.+secrets\.regenerate=true/s);
    expect(made()).toBeUndefined();
    expect(await helm('upgrade', { secrets: { regenerate: true } })).toMatchObject({ code: 0 });
    expect(valuesOf(made()!).nationalIdKey).not.toBe(before.nationalIdKey);
  });

  test('that lacks a key is told which', async () => {
    await helm('install');
    delete (made()!.data as Record<string, string>).ticketSecret;
    const refused = await helm('upgrade');
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('The Secret spike-secrets has no key ticketSecret');
  });

  test('is not made where another is named', async () => {
    const secrets = { existingSecret: 'ours' };
    expect(await helm('install', { secrets })).toMatchObject({ code: 0 });
    expect(made()).toBeUndefined();
  });

  test('is neither made nor shown by a rendering that asks no cluster', async () => {
    const { manifests, madeSecret } = await chart.template(storesByUrl);
    expect(madeSecret).toBe('spike-secrets');
    expect(manifests.some(({ metadata }) => metadata.name === 'spike-secrets')).toBe(false);
  });
});

test('what the migration needs goes with it; when it fails, it stays and nothing else is changed', async () => {
  await helm('install');
  const left = () =>
    ['Job', 'ServiceAccount', 'Secret', 'NetworkPolicy'].filter((kind) =>
      cluster.objects.get(kind, 'shop', 'spike-migration'),
    );
  expect(left()).toEqual([]);
  const before = cluster.objects.get('ConfigMap', 'shop', 'spike-user-service')!.data;
  cluster.behave('spike-migration', 'fails');
  const failed = await helm('upgrade', { settings: { logLevel: 'debug' } }, '--timeout', '20s');
  expect(failed.code).not.toBe(0);
  expect(failed.stderr).toMatch(/pre-upgrade hooks failed/);
  expect(left()).toContain('Job');
  expect(cluster.objects.get('ConfigMap', 'shop', 'spike-user-service')!.data).toEqual(before);
  cluster.behave('spike-migration', 'well');
  expect(await helm('upgrade')).toMatchObject({ code: 0 });
  expect(left()).toEqual([]);
});

describe('the notes', () => {
  const notesOf = async (example: string) => {
    const { stdout } = await helm('install', await chart.example(example));
    return stdout.slice(stdout.indexOf('NOTES:'));
  };

  test('say what to type next behind an Ingress', async () => {
    const notes = await notesOf('nginx');
    expect(notes).toContain('spikectl login --url https://shop.example.com --username admin --password-stdin');
    expect(notes).toContain(
      'get secret spike-secrets --output go-template=\'{{index .data "adminPassword" | base64decode}}\'',
    );
    expect(notes).toContain('spikectl event create');
    expect(notes).toContain('Back it up');
  });

  test('say it without one, with a Secret of one’s own', async () => {
    const notes = await notesOf('existing-secrets');
    expect(notes).toContain('port-forward service/spike-admin-service');
    expect(notes).toContain('{{index .data "admin-password" | base64decode}}');
    expect(notes).not.toContain('Back it up');
  });
});
