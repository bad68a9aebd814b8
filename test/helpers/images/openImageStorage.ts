import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findProgram } from '../../../src/delivery/programs/findProgram.js';
import { undoAll, type Undo } from '../undoAll.js';
import { runTool } from './runTool.js';

/** What the images' tests need of the machine. */
const PROGRAMS = ['buildah', 'debootstrap', 'docker-registry', 'apt-get', 'chroot'];

/** Why images cannot be built here; undefined when they can. */
export function whyNoImages(): string | undefined {
  if (process.platform !== 'linux') return `images of Linux are not built on ${process.platform}`;
  if (process.getuid?.() !== 0) return 'making a base image takes root';
  const missing = PROGRAMS.filter((name) => findProgram(name) === undefined);
  return missing.length === 0 ? undefined : `not installed: ${missing.join(', ')}`;
}

/** buildah with images and containers of its own, which nobody else sees and which are gone after `close`. */
export interface ImageStorage {
  /** A folder that ends with the storage. */
  folder: string;
  /** With it any buildah works on this storage, and without a container engine. */
  env: Readonly<Record<string, string>>;
  buildah(...args: string[]): Promise<string>;
  close(): Promise<void>;
}

export async function openImageStorage(): Promise<ImageStorage> {
  const folder = await mkdtemp(path.join(tmpdir(), 'spike-images-'));
  const config = path.join(folder, 'storage.conf');
  const place = (name: string) => JSON.stringify(path.join(folder, name));
  // Where layers cannot be laid over one another (inside a container, say), each is copied whole.
  const driver = (await canOverlay(folder)) ? 'overlay' : 'vfs';
  await writeFile(
    config,
    `[storage]\ndriver = "${driver}"\ngraphroot = ${place('images')}\nrunroot = ${place('running')}\n`,
  );
  const temporary = path.join(folder, 'tmp');
  await mkdir(temporary);
  const env = {
    CONTAINERS_STORAGE_CONF: config,
    BUILDAH_ISOLATION: 'chroot',
    // Where docker or podman would keep logins and settings of the machine's owner.
    REGISTRY_AUTH_FILE: path.join(folder, 'auth.json'),
    TMPDIR: temporary,
  };
  await writeFile(env.REGISTRY_AUTH_FILE, '{}');
  const buildah = (...args: string[]) => runTool('buildah', args, { env });
  const undo: Undo[] = [
    () => rm(folder, { recursive: true, force: true }),
    () => unmountBelow(folder),
    () => buildah('rmi', '--all', '--force'),
    () => buildah('rm', '--all'),
  ];
  return { folder, env, buildah, close: () => undoAll(undo) };
}

async function canOverlay(folder: string): Promise<boolean> {
  const [lower, upper, work, merged] = ['lower', 'upper', 'work', 'merged'].map((name) =>
    path.join(folder, 'try', name),
  );
  for (const each of [lower, upper, work, merged]) await mkdir(each!, { recursive: true });
  try {
    const options = `lowerdir=${lower},upperdir=${upper},workdir=${work}`;
    await runTool('mount', ['-t', 'overlay', 'overlay', '-o', options, merged!]);
    await runTool('umount', [merged!]);
    return true;
  } catch {
    return false;
  }
}

/** What a killed step left mounted would be deleted with the folder: the machine's own /proc or /dev, say. */
async function unmountBelow(folder: string): Promise<void> {
  const mounts = await readFile('/proc/self/mounts', 'utf8');
  const points = mounts.split('\n').map((line) => line.split(' ')[1] ?? '');
  for (const point of points.filter((each) => each.startsWith(`${folder}/`)).reverse()) {
    await runTool('umount', ['--lazy', point]);
  }
}
