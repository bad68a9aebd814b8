import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findBuilder } from './findBuilder.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'spike-builders-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function install(name: string, script: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}

const find = (named?: 'docker' | 'podman' | 'buildah') => findBuilder({ named, searchPath: folder });

describe('finding a builder', () => {
  test('takes docker before podman before buildah', async () => {
    const buildah = await install('buildah', 'exit 0');
    expect((await find()).builder).toEqual({ name: 'buildah', file: buildah });
    const podman = await install('podman', 'exit 0');
    expect((await find()).builder).toEqual({ name: 'podman', file: podman });
    const docker = await install('docker', 'exit 0');
    expect(await find()).toEqual({ builder: { name: 'docker', file: docker }, passedOver: [] });
  });

  test('passes over a docker without its engine, and one without buildx, and says why', async () => {
    await install('buildah', 'exit 0');
    await install('docker', 'echo "Cannot connect to the Docker daemon." >&2; exit 1');
    expect(await find()).toMatchObject({
      builder: { name: 'buildah' },
      passedOver: [
        'docker: its engine does not answer (Cannot connect to the Docker daemon.)',
        'podman: not installed',
      ],
    });
    await install('docker', '[ "$1" = version ] || { echo "unknown command: buildx" >&2; exit 1; }');
    expect((await find()).passedOver[0]).toBe('docker: it has no buildx (unknown command: buildx)');
  });

  test('takes the one that is named, and no other in its place', async () => {
    await install('docker', 'exit 0');
    const buildah = await install('buildah', 'exit 0');
    expect((await find('buildah')).builder.file).toBe(buildah);
    await expect(find('podman')).rejects.toMatchObject({
      code: 'NO_BUILDER',
      exit: 5,
      message: expect.stringContaining('podman: not installed'),
    });
  });

  test('where none works ends with 5, the reason for each, and what to install', async () => {
    await install('docker', 'echo "no engine" >&2; exit 1');
    await expect(find()).rejects.toMatchObject({
      exit: 5,
      message:
        'No program here can build images. docker: its engine does not answer (no engine); podman: not installed; buildah: not installed.',
      suggestions: [expect.stringContaining('apt-get install buildah'), 'spikectl build --dry-run --builder docker'],
    });
  });
});
