import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { chmod, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDeployHouse, tinyChart, type DeployHouse } from '../helpers/kube/openDeployHouse.js';

let house: DeployHouse;
let registry: Server;
let registryHost: string;

beforeAll(async () => {
  house = await openDeployHouse();
  // Knows one image, and tells its manifest to whoever is logged in.
  registry = createServer((request, response) => {
    const isLoggedIn = request.headers.authorization === `Basic ${Buffer.from('ann:pass-of-ann').toString('base64')}`;
    const isThere = request.url === '/v2/shop/there/manifests/1.0';
    if (!isLoggedIn) response.writeHead(401, { 'www-authenticate': 'Basic realm="test"' }).end();
    else response.writeHead(isThere ? 200 : 404).end();
  });
  registry.listen(0, '127.0.0.1');
  await once(registry, 'listening');
  registryHost = `127.0.0.1:${(registry.address() as AddressInfo).port}`;
});

afterAll(async () => {
  registry.close();
  await house.close();
});

describe('without a cluster', () => {
  it('--dry-run shows what would be made, and says what it cannot know', async () => {
    const env = { ...house.env, KUBECONFIG: '/dev/null', SPIKE_KUBECTL: '/nowhere' };
    const run = await house.cli.run(['deploy', '-n', 'shop', '--chart', tinyChart, '--dry-run'], { env });
    expect(run).toMatchObject({ code: 0, stderr: expect.stringContaining('Nothing was changed') });
    expect(run.stdout).toContain('+ Deployment spike-user-service');
    expect(run.stdout).toContain('it is not known what runs now');
    const json = await house.cli.run(['deploy', '-n', 'shop', '--chart', tinyChart, '--dry-run', '--json'], { env });
    expect(json.json()).toMatchObject({ ok: true, dryRun: true, state: 'planned', cluster: null, error: null });
  });

  it.each([
    ['--namespace', 'Shop_1'],
    ['--namespace', 'shop/../admin'],
    ['--release', 'x'.repeat(54)],
  ])('%s %s is refused before anything is looked at', async (flag, name) => {
    for (const command of [
      ['deploy', '--dry-run'],
      ['deploy', 'status'],
      ['deploy', 'rollback', '--yes'],
    ]) {
      const run = await house.cli.run([...command, flag, name, '--json'], {
        env: { SPIKE_NAMESPACE: 'shop', ...house.env },
      });
      expect([command, run.code]).toEqual([command, 2]);
      expect(run.json().error).toMatchObject({
        code: 'USAGE',
        message: expect.stringContaining(`${flag} ${name} is no`),
      });
    }
  });

  it('the manifests of --dry-run are taken by kubectl', async () => {
    const run = await house.deploy('default', '--dry-run', '--output', 'yaml', '--set', 'host=shop.example');
    expect(run.code).toBe(0);
    const { runProgram } = await import('../../src/delivery/programs/runProgram.js');
    const args = ['create', '--dry-run=client', '--validate=false', '--filename=-', '--output=name'];
    const applied = await runProgram({
      file: house.tools.kubectl,
      args,
      input: run.stdout,
      env: { KUBECONFIG: house.kube.kubeconfig },
    });
    expect(applied).toMatchObject({ code: 0 });
    expect(applied.stdout.split('\n').filter(Boolean).sort()).toEqual([
      'configmap/spike-settings',
      'deployment.apps/spike-user-service',
      'ingress.networking.k8s.io/spike',
      'job.batch/spike-migrate',
      'secret/spike-secrets',
    ]);
  });

  it('the chart of this spikectl is rendered when none is named', async () => {
    const urls = { MYSQL_URL: 'mysql://a:b-secret@m/s', REDIS_URL: 'redis://r', AMQP_URL: 'amqp://q' };
    const run = await house.cli.run(
      [
        ...['deploy', '-n', 'shop', '--dry-run', '--json', '--tag', '9.9.9'],
        ...['--set-from-env', 'mysql.url=MYSQL_URL', '--set-from-env', 'redis.url=REDIS_URL'],
        ...['--set-from-env', 'rabbitmq.url=AMQP_URL'],
      ],
      { env: { ...house.env, ...urls } },
    );
    expect(run.code).toBe(0);
    expect(run.json().images).toContain('spike-user-service:9.9.9');
    expect(run.stdout).not.toContain('b-secret');
  });
});

describe('what is missing is said before anything is changed', () => {
  it('a cluster that does not answer ends with 5', async () => {
    const kubeconfig = path.join(house.folder, 'nobody');
    const clusters = [{ name: 'n', cluster: { server: 'http://127.0.0.1:1' } }];
    const contexts = [{ name: 'n', context: { cluster: 'n' } }];
    await writeFile(
      kubeconfig,
      JSON.stringify({ apiVersion: 'v1', kind: 'Config', 'current-context': 'n', clusters, contexts }),
    );
    const env = { ...house.env, KUBECONFIG: kubeconfig };
    const deploy = await house.cli.run(['deploy', '-n', 'shop', '--chart', tinyChart, '--yes'], { env });
    expect(deploy).toMatchObject({ code: 5, stderr: expect.stringContaining('http://127.0.0.1:1') });
    const status = await house.cli.run(['deploy', 'status', '-n', 'shop', '--json'], { env });
    expect(status.code).toBe(5);
    expect(status.json().error).toMatchObject({ code: 'CLUSTER_UNREACHABLE', exit: 5 });
  });

  it('no helm: what to install, and where to name it', async () => {
    const env = { ...house.env, SPIKE_HELM: '/nowhere/helm' };
    const run = await house.cli.run(['deploy', '-n', 'shop', '--chart', tinyChart, '--yes'], { env });
    expect(run).toMatchObject({
      code: 5,
      stderr: expect.stringMatching(/\/nowhere\/helm[^]*Install Helm[^]*SPIKE_HELM/),
    });
  });

  it('a context that is not in the kubeconfig: the nearest that is', async () => {
    const run = await house.deploy('default', '--kube-context', 'stand-inn');
    expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining('Did you mean --kube-context stand-in?') });
  });

  it('values that the schema refuses end with 2, each with its path', async () => {
    const run = await house.deploy('default', '--set', 'replicas=many,greting=x', '--json');
    expect(run.code).toBe(2);
    const { error } = run.json();
    expect(error.message).toContain('replicas: ');
    expect(error.message).toContain('greting');
    expect(error.suggestions).toContain('Did you mean greeting?');
  });

  it('all that is wrong at once: namespace, Secret, rights', async () => {
    house.kube.allow(({ verb, resource }) => verb !== '*' && !(verb === 'patch' && resource === 'deployments'));
    try {
      const run = await house.deploy('nowhere', '--set', 'existingSecret=mine', '--json');
      expect(run.code).toBe(1);
      const { state, error } = run.json();
      expect(state).toBe('refused');
      expect(error.message).toContain('There is no namespace nowhere.');
      expect(error.message).toMatch(/Secret mine, which spike-\S+ needs with password, is not in namespace nowhere/);
      expect(error.message).toContain('patch deployments.apps');
    } finally {
      house.kube.allow(() => true);
    }
  });

  it('a kind that the cluster does not know is named', async () => {
    const run = await house.deploy('default', '--set', 'monitored=true');
    expect(run).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('ServiceMonitor (monitoring.coreos.com/v1)'),
    });
  });

  it('missing rights alone end with 4', async () => {
    house.kube.allow(({ verb, resource }) => verb !== '*' && resource !== 'jobs');
    try {
      const run = await house.deploy('default');
      expect(run).toMatchObject({ code: 4, stderr: expect.stringContaining('get, create, patch, delete jobs.batch') });
    } finally {
      house.kube.allow(() => true);
    }
  });

  it('a Secret that lacks a key is named with the key', async () => {
    house.kube.create({ kind: 'Secret', metadata: { name: 'half' }, data: { other: 'eA==' } }, 'default');
    const run = await house.deploy('default', '--set', 'existingSecret=half');
    expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining('lacks password') });
  });

  it('a release that an earlier deployment left pending: what mends it', async () => {
    house.kube.create({ kind: 'Namespace', metadata: { name: 'stuck' } });
    await house.deploy('stuck', '--no-wait');
    await house.deploy('stuck', '--no-wait', '--set', 'greeting=two');
    await setReleaseStatus(house, 'stuck', 2, 'pending-upgrade');
    const run = await house.deploy('stuck', '--set', 'greeting=three');
    expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining('has been pending-upgrade') });
    expect(run.stderr).toContain('spikectl deploy rollback --release spike --namespace stuck');
    const back = await house.cli.run(['deploy', 'rollback', '-n', 'stuck', '--yes', '--no-wait'], { env: house.env });
    expect(back.code).toBe(0);
    expect((await house.deploy('stuck', '--set', 'greeting=three')).code).toBe(0);
  });

  it('without a terminal and without --yes nothing is changed, and it ends with 2', async () => {
    const args = ['deploy', '-n', 'default', '--release', 'quiet', '--chart', tinyChart, '--skip-image-check'];
    const run = await house.cli.run(args, { env: house.env });
    expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    expect(await house.helmCalls()).not.toMatch(/upgrade quiet (?!.*--dry-run)/);
  });

  it('images: one that the registry has, one that it lacks, and a registry that does not answer', async () => {
    const auths = { [registryHost]: { auth: Buffer.from('ann:pass-of-ann').toString('base64') } };
    await writeFile(path.join(house.folder, 'config.json'), JSON.stringify({ auths }));
    const env = { ...house.env, DOCKER_CONFIG: house.folder };
    const look = (image: string) =>
      house.cli.run(
        ['deploy', '-n', 'default', '--release', 'images', '--chart', tinyChart, '--set', `image=${image}`, '--json'],
        { env },
      );
    const said = async (image: string) => ((await look(image)).json() as { error: { message: string } }).error.message;
    expect(await said(`${registryHost}/shop/gone:1.0`)).toContain('Not in the registry');
    // Both stop at the question, which nobody answers: the images did not keep them from it.
    expect(await said(`${registryHost}/shop/there:1.0`)).toContain('There is no terminal');
    expect(await said('127.0.0.1:1/shop/there:1.0')).toContain('There is no terminal');
  });
});

describe('secrets', () => {
  it('are refused on the command line, with where they may be', async () => {
    const run = await house.deploy('default', '--set', 'password=hunter2-hunter2');
    expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining('--set-from-env password=VARIABLE') });
    expect(`${run.stdout}${run.stderr}`).not.toContain('hunter2');
  });

  it('from the environment and from files are in no output, in no argument, and in no file that stays', async () => {
    const values = path.join(house.folder, 'values.yaml');
    await writeFile(values, 'greeting: "mysql://root:file-secret-1@db/x"\n');
    await chmod(values, 0o644);
    const env = { ...house.env, THE_PASSWORD: 'env-secret-12345' };
    const args = ['deploy', '-n', 'default', '--release', 'hush', '--chart', tinyChart, '--values', values];
    const more = ['--set-from-env', 'password=THE_PASSWORD', '--skip-image-check', '--yes', '--verbose'];
    const run = await house.cli.run([...args, ...more], { env });
    expect(run.code).toBe(0);
    const said = `${run.stdout}${run.stderr}${await house.helmCalls()}`;
    for (const secret of ['env-secret-12345', 'file-secret-1']) {
      expect(said).not.toContain(secret);
      expect(said).not.toContain(Buffer.from(secret).toString('base64'));
    }
    expect(run.stderr).toContain(`chmod 600 ${values}`);
    const kept = house.kube.objects.get('Secret', 'default', 'spike-secrets');
    expect(kept?.data).toEqual({ password: Buffer.from('env-secret-12345').toString('base64') });
    const { readdir } = await import('node:fs/promises');
    expect((await readdir(house.folder)).filter((name) => /^spike-(deploy|k)-(?!test)/.test(name))).toEqual([]);
  });
});

/** Helm keeps a revision gzipped in a Secret; one that was cut off is one that is still pending. */
async function setReleaseStatus(
  { kube }: DeployHouse,
  namespace: string,
  revision: number,
  status: string,
): Promise<void> {
  const { gunzipSync, gzipSync } = await import('node:zlib');
  const secret = kube.objects.get('Secret', namespace, `sh.helm.release.v1.spike.v${revision}`);
  if (secret === undefined) throw new Error(`There is no revision ${revision}.`);
  const { release } = secret.data as { release: string };
  const packed = Buffer.from(Buffer.from(release, 'base64').toString(), 'base64');
  const kept = JSON.parse(gunzipSync(packed).toString()) as { info: { status: string } };
  kept.info.status = status;
  const next = Buffer.from(gzipSync(JSON.stringify(kept)).toString('base64')).toString('base64');
  const labels = { ...secret.metadata.labels, status };
  kube.objects.touch(secret, { data: { release: next }, metadata: { ...secret.metadata, labels } });
}
