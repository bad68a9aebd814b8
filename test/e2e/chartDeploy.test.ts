import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { serviceNames } from '../../src/config/serviceSettings.js';
import { openDeployHouse, type DeployHouse } from '../helpers/kube/openDeployHouse.js';

/** Four deployments, each with half a dozen runs of helm. */
const DEADLINE_MS = 180_000;

let house: DeployHouse;
let chart: string;

beforeAll(async () => {
  house = await openDeployHouse();
  chart = path.join(house.folder, 'chart');
  const rendered = await house.cli.run(['render', 'helm', '--out', chart], { env: house.env });
  expect(rendered).toMatchObject({ code: 0 });
});
afterAll(() => house.close());

const deploy = (...args: string[]) =>
  house.deploy('shop', '--create-namespace', '--chart', chart, '--values', `${chart}/examples/nginx.yaml`, ...args);

test(
  'the chart goes through deploy: it lacks the stores’ Secrets, then installs, and again changes nothing',
  async () => {
    const refused = await deploy();
    expect(refused.code).not.toBe(0);
    for (const store of ['mysql', 'redis', 'rabbitmq'])
      expect(refused.stderr + refused.stdout).toContain(`Secret spike-${store}`);
    // That one, the chart makes.
    expect(refused.stderr).not.toContain('Secret spike-secrets');

    for (const store of ['mysql', 'redis', 'rabbitmq'])
      house.kube.create({ kind: 'Secret', metadata: { name: `spike-${store}` }, data: { url: 'eA==' } }, 'shop');
    const first = await deploy();
    expect(first).toMatchObject({ code: 0, stderr: expect.stringContaining('all pods are ready') });
    expect(first.stdout).toContain('Job spike-migration');
    expect(first.stderr).toContain('spikectl login --url https://shop.example.com');
    for (const service of serviceNames)
      expect(house.kube.objects.get('Deployment', 'shop', `spike-${service}-service`)?.status).toMatchObject({
        readyReplicas: 2,
      });
    const made = house.kube.objects.get('Secret', 'shop', 'spike-secrets')!;
    for (const value of Object.values(made.data as Record<string, string>)) {
      expect(first.stdout + first.stderr).not.toContain(value);
      expect(first.stdout + first.stderr).not.toContain(Buffer.from(value, 'base64').toString());
    }

    expect((await deploy('--json')).json()).toMatchObject({ ok: true, state: 'unchanged', revision: 1 });

    const changed = await deploy('--set', 'settings.ticketLifetimeSeconds=60');
    expect(changed.code).toBe(0);
    expect(changed.stdout).toMatch(
      /-\s+SPIKE_TICKET_LIFETIME_SECONDS: "120"\n\s+\+\s+SPIKE_TICKET_LIFETIME_SECONDS: "60"/,
    );
    expect(changed.stdout).toContain('0 to create, 2 to change, 0 to remove');
    expect(house.kube.objects.get('Secret', 'shop', 'spike-secrets')!.metadata).toMatchObject(made.metadata);
  },
  DEADLINE_MS,
);
