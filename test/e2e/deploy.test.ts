import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../helpers/eventually.js';
import { openDeployHouse, tinyChart, type DeployHouse } from '../helpers/kube/openDeployHouse.js';
import { CTRL_C } from '../helpers/terminal.js';

/** All the looking, and the migration. */
const PLANNED_WITHIN_MS = 30_000;

let house: DeployHouse;

beforeAll(async () => {
  house = await openDeployHouse();
});

afterAll(() => house.close());

function namespace(name: string): string {
  house.kube.create({ kind: 'Namespace', metadata: { name } });
  return name;
}

const on = (name: string, ...args: string[]) => house.cli.run(['deploy', ...args, '-n', name], { env: house.env });

describe('a deployment', () => {
  it('installs, says that nothing changes, upgrades with the difference shown, and goes back', async () => {
    const shop = 'shop';
    const first = await house.deploy(shop, '--create-namespace', '--set', 'host=shop.example');
    expect(first).toMatchObject({ code: 0, stderr: expect.stringContaining('all pods are ready') });
    expect(first.stdout).toContain('+ Deployment spike-user-service');
    expect(first.stdout).toContain('Job spike-migrate runs first and makes the schema: node --version');
    expect(first.stderr).toContain('spikectl login --url https://shop.example');

    const same = await house.deploy(shop, '--set', 'host=shop.example', '--json');
    expect(same.json()).toMatchObject({ ok: true, state: 'unchanged', revision: 1 });

    const next = await house.deploy(shop, '--set', 'host=shop.example,greeting=good day,extra=true,replicas=2');
    expect(next.code).toBe(0);
    expect(next.stdout).toMatch(/-\s+greeting: hello\n\s+\+\s+greeting: good day/);
    expect(next.stdout).toContain('+ ConfigMap spike-extra');
    expect(next.stdout).toContain('1 to create, 2 to change, 0 to remove, 3 unchanged');
    expect(next.stderr).toContain('spike-user-service: 2 of 2 ready');

    const back = await on(shop, 'rollback', '--yes');
    expect(back).toMatchObject({ code: 0, stderr: expect.stringContaining('is at revision 3') });
    expect(back.stdout).toContain('- ConfigMap spike-extra');
    expect(house.kube.objects.get('ConfigMap', shop, 'spike-extra')).toBeUndefined();
    expect(house.kube.objects.get('ConfigMap', shop, 'spike-settings')?.data).toEqual({ greeting: 'hello' });
  });

  it('says that the schema stays, when the version of before comes back', async () => {
    const name = namespace('versions');
    await house.deploy(name);
    const { cp, readFile, writeFile } = await import('node:fs/promises');
    const newer = `${house.folder}/newer`;
    await cp(tinyChart, newer, { recursive: true });
    const file = `${newer}/Chart.yaml`;
    await writeFile(file, (await readFile(file, 'utf8')).replace('appVersion: 1.0.0', 'appVersion: 1.1.0'));
    const up = await house.deploy(name, '--chart', newer, '--set', 'greeting=newer');
    expect(up.stdout).toContain('1.0.0 → 1.1.0');
    expect(up.stdout).toContain('brings the schema up to date');
    const plan = await on(name, 'rollback', '--dry-run');
    expect(plan).toMatchObject({ code: 0, stdout: expect.stringContaining('The schema is not rolled back') });
    const json = await on(name, 'rollback', '--dry-run', '--json');
    expect(json.json()).toMatchObject({ dryRun: true, state: 'planned', keepsNewerSchema: true, to: { revision: 1 } });
  });

  it('asks on a terminal; in production the name is typed', async () => {
    const name = namespace('shop-prod');
    const args = ['deploy', '-n', name, '--chart', tinyChart, '--skip-image-check'];
    const terminal = house.cli.openTerminal(args, { env: house.env });
    await terminal.until('Install release spike in namespace shop-prod');
    await terminal.until('Type shop-prod to go on');
    terminal.type('shop-prod\r');
    expect(await terminal.ended()).toBe(0);
    expect(house.kube.objects.get('Deployment', name, 'spike-user-service')).toBeDefined();
  });
});

describe('status', () => {
  it('tells replicas, restarts, images, migration and URL, and ends with 3 when a pod is not ready', async () => {
    const name = namespace('looked-at');
    await house.deploy(name, '--set', 'host=looked.example');
    const well = await on(name, 'status', '--json');
    expect(well.code).toBe(0);
    expect(well.json()).toMatchObject({
      ready: true,
      revision: 1,
      state: 'deployed',
      appVersion: '1.0.0',
      migration: { job: 'spike-migrate', state: 'done' },
      ingressUrl: 'https://looked.example',
      services: [{ name: 'spike-user-service', replicas: 1, ready: 1, restarts: 0, isReady: true, reason: null }],
    });
    const [pod] = house.kube.objects.list('Pod', name).filter(({ metadata }) => metadata.name.startsWith('spike-user'));
    const state = { waiting: { reason: 'CrashLoopBackOff' } };
    const containerStatuses = [{ name: 'user', image: 'i', ready: false, restartCount: 7, state }];
    house.kube.objects.touch(pod!, { status: { phase: 'Running', containerStatuses } });
    const deployment = house.kube.objects.get('Deployment', name, 'spike-user-service')!;
    house.kube.objects.touch(deployment, { status: { ...deployment.status, readyReplicas: 0 } });
    const ill = await on(name, 'status');
    expect(ill).toMatchObject({ code: 3, stdout: expect.stringMatching(/0 of 1 +7 .*CrashLoopBackOff/) });
  });

  it('of a release that is not there suggests the nearest', async () => {
    const name = namespace('named');
    await house.deploy(name, '--no-wait');
    const run = await on(name, 'status', '--release', 'spikes');
    expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining('Did you mean --release spike?') });
    const elsewhere = await on('default', 'status', '--release', 'spike', '--json');
    expect(elsewhere.json().error.suggestions.join()).toContain('--namespace');
  });

  it('rollback to a revision that is not there names those that are', async () => {
    const name = namespace('revisions');
    await house.deploy(name, '--no-wait');
    const run = await on(name, 'rollback', '9', '--yes');
    expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining('The revisions are 1.') });
    const none = await on(name, 'rollback', '--yes');
    expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining('No revision before 1 was well') });
  });
});

describe('a deployment that fails says what failed and why', () => {
  it('a migration that fails: its log, and nothing of the services was touched', async () => {
    const name = namespace('migration');
    await house.deploy(name);
    house.kube.behave('spike-migrate', 'fails');
    house.kube.log('migrate', 'migrating\nError: column exists, said password-less db');
    try {
      const run = await house.deploy(name, '--set', 'greeting=bye');
      expect(run.code).toBe(1);
      expect(run.stderr).toContain('✗ Job spike-migrate');
      expect(run.stderr).toContain('Error: column exists');
      expect(run.stderr).toContain('BackoffLimitExceeded');
      expect(run.stderr).toContain('spikectl deploy rollback 1 --release spike --namespace migration');
      expect(house.kube.objects.get('ConfigMap', name, 'spike-settings')?.data).toEqual({ greeting: 'hello' });
    } finally {
      house.kube.behave('spike-migrate', 'well');
    }
  });

  it('an image that cannot be pulled is given up, and with --rollback-on-failure taken back', async () => {
    const name = namespace('images');
    await house.deploy(name);
    house.kube.behave('spike-user-service', 'imageMissing');
    try {
      const args = ['--set', 'image=registry.example/gone:2', '--give-up', '1s', '--rollback-on-failure', '--json'];
      // What it goes back to runs again.
      const running = house.deploy(name, ...args);
      const off = house.kube.objects.onChange(({ object }) => {
        if (object.kind === 'Event' && object.reason === 'Failed') house.kube.behave('spike-user-service', 'well');
      });
      const run = await running.finally(off);
      expect(run.code).toBe(1);
      const result = run.json();
      expect(result).toMatchObject({
        ok: false,
        state: 'rolledBack',
        rolledBackTo: 1,
        error: { code: 'DEPLOY_FAILED', exit: 1 },
      });
      expect(result.troubles[0]).toMatchObject({ workload: 'spike-user-service', reason: 'ImagePullBackOff' });
      expect(result.troubles[0].events.join()).toContain('Failed to pull image');
      expect((await on(name, 'status')).code).toBe(0);
    } finally {
      house.kube.behave('spike-user-service', 'well');
    }
  });

  it('a first installation that fails is removed with --rollback-on-failure', async () => {
    const name = namespace('fresh');
    house.kube.behave('spike-migrate', 'fails');
    try {
      const run = await house.deploy(name, '--rollback-on-failure');
      expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining('The release was removed.') });
      expect((await on(name, 'status')).code).toBe(2);
    } finally {
      house.kube.behave('spike-migrate', 'well');
    }
  });

  it.each([
    ['unready', 'NotReady', 'Readiness probe failed'],
    ['unschedulable', 'Unschedulable', 'Insufficient cpu'],
  ] as const)('a pod that stays %s until the timeout ends with 6', async (behaviour, reason, event) => {
    const name = namespace(`late-${behaviour}`);
    house.kube.behave('spike-user-service', behaviour);
    try {
      const run = await house.deploy(name, '--timeout', '10s', '--json');
      expect(run.code).toBe(6);
      expect(run.json()).toMatchObject({ state: 'timedOut', error: { code: 'TIMED_OUT', exit: 6 } });
      expect(run.json().troubles[0]).toMatchObject({ reason, events: [expect.stringContaining(event)] });
    } finally {
      house.kube.behave('spike-user-service', 'well');
    }
  });

  it('a container that crashes shows its last words', async () => {
    const name = namespace('crashing');
    house.kube.behave('spike-user-service', 'crashes');
    house.kube.log('user', 'starting\nError: MYSQL_URL mysql://u:log-secret@db is wrong');
    try {
      const run = await house.deploy(name, '--give-up', '1s');
      expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining('CrashLoopBackOff') });
      expect(run.stderr).toMatch(/log\s+Error: MYSQL_URL mysql:\/\/u:\(hidden\)@db is wrong/);
    } finally {
      house.kube.behave('spike-user-service', 'well');
    }
  });

  it('Ctrl-C tells helm to end, and says what stands', async () => {
    const name = namespace('interrupted');
    await house.deploy(name);
    house.kube.behave('spike-user-service', 'unready');
    const args = ['deploy', '-n', name, '--chart', tinyChart, '--skip-image-check', '--yes', '--set', 'greeting=late'];
    const terminal = house.cli.openTerminal(args, { env: house.env });
    try {
      const greeting = () => house.kube.objects.get('ConfigMap', name, 'spike-settings')?.data as { greeting: string };
      await eventually(
        () => Promise.resolve(greeting()),
        ({ greeting: now }) => now === 'late',
        PLANNED_WITHIN_MS,
      );
      terminal.type(CTRL_C);
      await terminal.until('helm was told to end');
      await terminal.until('Revision 2 stands as failed');
      expect(await terminal.ended()).toBe(130);
    } finally {
      terminal.close();
      house.kube.behave('spike-user-service', 'well');
    }
    expect((await house.deploy(name, '--set', 'greeting=later')).code).toBe(0);
  });

  it('SIGKILL leaves no way into the cluster behind', async () => {
    const name = namespace('killed');
    house.kube.behave('spike-user-service', 'unready');
    const args = ['deploy', '-n', name, '--chart', tinyChart, '--skip-image-check', '--yes'];
    const running = house.cli.start(args, { env: house.env });
    try {
      await eventually(
        () => Promise.resolve(house.kube.objects.get('ConfigMap', name, 'spike-settings')),
        (settings) => settings !== undefined,
        PLANNED_WITHIN_MS,
      );
      expect(await waysIn()).toHaveLength(1);
    } finally {
      running.kill('SIGKILL');
      await running.ended;
      house.kube.behave('spike-user-service', 'well');
    }
    await eventually(waysIn, (left) => left.length === 0, PLANNED_WITHIN_MS);
    expect((await readdir(house.folder)).filter((entry) => entry.startsWith('spike-k-'))).toEqual([]);
  });
});

/** The `kubectl proxy` processes that were started below this house's folder. */
async function waysIn(): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'args']);
  const start = `${house.tools.kubectl} proxy --unix-socket=${house.folder}/`;
  return stdout.split('\n').filter((line) => line.startsWith(start));
}
