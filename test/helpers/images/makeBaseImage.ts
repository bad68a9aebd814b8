import { copyFile, cp, mkdir, readFile, realpath, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import type { ImageStorage } from './openImageStorage.js';
import { runTool } from './runTool.js';

/** What an image needs least, and what Debian's smallest system brings beside it. */
const SPARE = ['var/cache/apt', 'var/lib/apt/lists', 'usr/share/doc', 'usr/share/locale', 'usr/share/man'];
const CERTIFICATES = 'etc/ssl/certs/ca-certificates.crt';

/**
 * Makes what the Dockerfile builds on, without asking a registry for it: the smallest Debian from where this machine has its own packages,
 * with npm and the Node that runs the tests, which is the one that the clone pins.
 *
 * @param name as the Dockerfile's FROM names it
 */
export async function makeBaseImage(storage: ImageStorage, name: string): Promise<void> {
  const root = path.join(storage.folder, 'base');
  const { suite, mirror } = await debianSource();
  await runTool('debootstrap', ['--variant=minbase', suite, root, mirror]);
  for (const folder of SPARE) await rm(path.join(root, folder), { recursive: true, force: true });
  await addNode(root);
  // A proxy of this machine that npm goes through may be known to the machine alone.
  await mkdir(path.join(root, path.dirname(CERTIFICATES)), { recursive: true });
  await copyFile(path.join('/', CERTIFICATES), path.join(root, CERTIFICATES)).catch(() => undefined);

  const container = (await storage.buildah('from', 'scratch')).trim();
  await storage.buildah('add', '--quiet', container, root, '/');
  await storage.buildah(
    'config',
    '--env',
    'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    container,
  );
  await storage.buildah('commit', '--quiet', '--rm', '--format', 'docker', container, name);
  await rm(root, { recursive: true, force: true });
}

async function addNode(root: string): Promise<void> {
  const local = path.join(root, 'usr', 'local');
  await copyFile(await realpath(process.execPath), path.join(local, 'bin', 'node'));
  const npm = path.dirname(path.dirname(await realpath((await runTool('which', ['npm'])).trim())));
  await cp(npm, path.join(local, 'lib', 'node_modules', 'npm'), { recursive: true });
  for (const name of ['npm', 'npx']) {
    await symlink(`../lib/node_modules/npm/bin/${name}-cli.js`, path.join(local, 'bin', name));
  }
}

/** The release of this machine, and where apt has it from. */
async function debianSource(): Promise<{ suite: string; mirror: string }> {
  const release = await readFile('/etc/os-release', 'utf8');
  const suite = /^VERSION_CODENAME=(\w+)$/m.exec(release)?.[1];
  const targets = await runTool('apt-get', [
    'indextargets',
    '--format',
    '$(REPO_URI) $(CODENAME) $(COMPONENT)',
    'Created-By: Packages',
  ]);
  const mirror = targets
    .split('\n')
    .map((line) => line.split(' '))
    .find(([, codename, component]) => codename === suite && component === 'main')?.[0];
  if (suite === undefined || mirror === undefined) throw new Error('apt names no source of this Debian.');
  return { suite, mirror };
}
