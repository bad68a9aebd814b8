import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findKubeTools, type KubeTools } from '../kubeTools.js';
import { createCli, type Cli } from '../runCli.js';
import { openKubeStandIn, type KubeStandIn } from './openKubeStandIn.js';

/** The least chart that has all that a deployment is looked at for. */
export const tinyChart = fileURLToPath(new URL('./tinyChart', import.meta.url));

/** A person with the built spikectl, real helm and kubectl, and a stand-in for the API of a cluster. */
export interface DeployHouse {
  kube: KubeStandIn;
  cli: Cli;
  tools: KubeTools;
  /** Where this person's files are. */
  folder: string;
  env: Record<string, string>;
  /** `spikectl deploy` of the tiny chart (or the one that is named) into the namespace, without questions. */
  deploy(namespace: string, ...args: string[]): ReturnType<Cli['run']>;
  /** All command lines with which helm was run so far. */
  helmCalls(): Promise<string>;
  close(): Promise<void>;
}

export async function openDeployHouse(): Promise<DeployHouse> {
  const [kube, cli, tools] = await Promise.all([openKubeStandIn(), createCli(), findKubeTools()]);
  const folder = await mkdtemp(path.join(tmpdir(), 'spike-deploy-test-'));
  const calls = path.join(folder, 'helm-calls');
  const helm = path.join(folder, 'helm');
  await writeFile(calls, '');
  await writeFile(helm, `#!/bin/sh\nprintf '%s ' "$@" >> '${calls}'\necho >> '${calls}'\nexec '${tools.helm}' "$@"\n`);
  await chmod(helm, 0o755);
  const env = {
    KUBECONFIG: kube.kubeconfig,
    SPIKE_HELM: helm,
    SPIKE_KUBECTL: tools.kubectl,
    HELM_CACHE_HOME: folder,
    TMPDIR: folder,
  };
  const usual = ['--skip-image-check', '--yes'];
  const chartOf = (args: readonly string[]) => (args.includes('--chart') ? [] : ['--chart', tinyChart]);
  return {
    kube,
    cli,
    tools,
    folder,
    env,
    deploy: (namespace, ...args) =>
      cli.run(['deploy', '--namespace', namespace, ...chartOf(args), ...usual, ...args], { env }),
    helmCalls: () => readFile(calls, 'utf8'),
    async close() {
      await Promise.all([kube.close(), cli.remove(), rm(folder, { recursive: true, force: true })]);
    },
  };
}
