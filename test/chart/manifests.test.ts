import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cases, externalSecrets, storePasswords } from '../helpers/chart/cases.js';
import { checkReferences } from '../helpers/chart/checkReferences.js';
import { checkRestricted } from '../helpers/chart/checkRestricted.js';
import { checkSchema } from '../helpers/chart/checkSchema.js';
import { containersOf, podTemplates } from '../helpers/chart/manifest.js';
import { openChart, type Chart, type Release } from '../helpers/chart/openChart.js';
import { runHelm } from '../helpers/kubeTools.js';

/** Traefik's own kind; its schema is in no package that is at hand. */
const WITHOUT_SCHEMA = 'traefik.io/v1alpha1';

let chart: Chart;

beforeAll(async () => {
  chart = await openChart();
});
afterAll(() => chart.close());

test('helm lint --strict finds nothing', async () => {
  const ran = await runHelm(['lint', '--strict', chart.folder, '--values', `${chart.folder}/examples/minimal.yaml`]);
  expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining('0 chart(s) failed') });
  expect(ran.stdout).not.toMatch(/WARNING|ERROR/);
});

describe.each(cases)('$title', ({ values, options }) => {
  let given: object;
  let release: Release;

  beforeAll(async () => {
    given = await values(chart);
    release = await chart.template(given, options);
  });

  test('every manifest is one that the API takes, to the last field', () => {
    const known = release.manifests.filter(({ apiVersion }) => apiVersion !== WITHOUT_SCHEMA);
    expect(checkSchema(known)).toEqual([]);
  });

  test('every pod passes the restricted profile, writes nowhere but /tmp and has no token of the API', () => {
    expect(checkRestricted(release.manifests)).toEqual([]);
    for (const pod of podTemplates(release.manifests)) {
      expect(pod.spec).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
      for (const container of containersOf(pod)) expect(container.securityContext.readOnlyRootFilesystem).toBe(true);
    }
  });

  test('every name that is named is there', () => {
    expect(checkReferences(release.manifests, externalSecrets(given, release))).toEqual([]);
  });

  test('no secret stands anywhere but in a Secret', () => {
    const others = JSON.stringify(release.manifests.filter(({ kind }) => kind !== 'Secret'));
    for (const password of [...storePasswords, ':password@']) expect(others).not.toContain(password);
  });

  test('no image is `latest` or without a tag, and every container says what it needs', () => {
    for (const container of podTemplates(release.manifests).flatMap(containersOf)) {
      expect(container.image).toMatch(/:(?!latest)[\w.-]+$|@sha256:[0-9a-f]{64}$/);
      expect(container.resources).toMatchObject({
        requests: { cpu: expect.anything(), memory: expect.anything() },
        limits: { memory: expect.anything() },
      });
    }
  });
});
