import { cp, readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDeployHouse, tinyChart, type DeployHouse } from '../helpers/kube/openDeployHouse.js';

/**
 * The same commands against the API server of a real cluster, where there is one: SPIKE_TEST_KUBECONFIG names the kubeconfig
 * of a cluster that may be written to, SPIKE_TEST_IMAGE an image with Node that its nodes can pull.
 */
const { SPIKE_TEST_KUBECONFIG: kubeconfig, SPIKE_TEST_IMAGE: image = 'node:24-bookworm-slim' } = process.env;
const inCluster = kubeconfig === undefined ? describe.skip : describe;
if (kubeconfig === undefined) {
  process.stderr.write(
    'Skipped: deploy against a real cluster (SPIKE_TEST_KUBECONFIG names none). A stand-in took its place.\n',
  );
}

let house: DeployHouse;
let env: Record<string, string>;
const NAMESPACE = 'spike-test';
const MINUTES_MS = 300_000;

inCluster('a real cluster', () => {
  beforeAll(async () => {
    house = await openDeployHouse();
    env = { ...house.env, KUBECONFIG: kubeconfig! };
  });
  afterAll(() => house.close());

  const run = (...args: string[]) => house.cli.run([...args, '--namespace', NAMESPACE], { env });
  const deploy = (chart: string, ...args: string[]) =>
    run(
      'deploy',
      '--chart',
      chart,
      '--skip-image-check',
      '--yes',
      '--create-namespace',
      '--set',
      `image=${image}`,
      ...args,
    );

  it(
    'is installed into, changed, broken and mended',
    async () => {
      expect(await deploy(tinyChart)).toMatchObject({ code: 0 });
      expect((await run('deploy', 'status', '--json')).json()).toMatchObject({
        ready: true,
        migration: { state: 'done' },
      });
      expect((await deploy(tinyChart, '--json')).json()).toMatchObject({ state: 'unchanged' });

      const broken = `${house.folder}/broken`;
      await cp(tinyChart, broken, { recursive: true });
      const file = `${broken}/templates/all.yaml`;
      await writeFile(file, (await readFile(file, 'utf8')).replace("'--version'", "'--no-such-option'"));
      const failed = await deploy(broken, '--json', '--rollback-on-failure');
      expect(failed).toMatchObject({ code: 1 });
      expect(failed.json()).toMatchObject({ state: 'rolledBack', troubles: [{ workload: 'spike-migrate' }] });

      const missing = ['--set', `image=${image}-missing`, '--give-up', '5s', '--json'];
      expect((await deploy(tinyChart, ...missing)).json()).toMatchObject({ state: 'failed', error: { exit: 1 } });
      expect(await run('deploy', 'rollback', '--yes')).toMatchObject({ code: 0 });
      expect(await run('deploy', 'status')).toMatchObject({ code: 0 });
    },
    MINUTES_MS,
  );
});
