import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findBinary, machinePath } from './machineFolders.js';
import { findSources } from './findSources.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'spike-sources-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function install(name: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, '#!/bin/sh\n');
  await chmod(file, 0o755);
  return file;
}

describe('where a store comes from', () => {
  test('a configured URL comes before everything that is installed', async () => {
    await install('redis-server');
    const sources = await findSources({
      home: folder,
      environment: { PATH: folder, SPIKE_REDIS_URL: 'redis://127.0.0.1:6379' },
    });
    expect(sources.redis).toEqual({ kind: 'url', url: 'redis://127.0.0.1:6379' });
  });

  test("an installed binary is found by the caller's PATH first", async () => {
    const server = await install('redis-server');
    const sources = await findSources({ home: folder, environment: { PATH: folder } });
    expect(sources.redis).toEqual({ kind: 'binary', server });
  });

  test('a file that cannot be executed is no binary', async () => {
    await writeFile(path.join(folder, 'mysterious-server'), '');
    expect(findBinary(['mysterious-server'], folder)).toBeUndefined();
  });

  test('the usual folders are looked at even if PATH knows nothing', () => {
    expect(machinePath(undefined).split(path.delimiter)).toEqual(expect.arrayContaining(['/usr/sbin', '/usr/bin']));
    expect(machinePath('/a:/usr/bin').split(path.delimiter).slice(0, 2)).toEqual(['/a', '/usr/bin']);
  });
});
