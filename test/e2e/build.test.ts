import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { list } from 'tar';
import { parse } from 'yaml';
import { runHelm } from '../helpers/kubeTools.js';
import { createCli, type Cli } from '../helpers/runCli.js';

let cli: Cli;
let folder: string;

beforeAll(async () => {
  cli = await createCli();
  folder = await mkdtemp(path.join(tmpdir(), 'spike-build-'));
});

afterAll(async () => {
  await cli.remove();
  await rm(folder, { recursive: true, force: true });
});

describe('build chart', () => {
  const chart = async (name: string, ...args: string[]) => {
    const run = await cli.run(['build', 'chart', '--out', path.join(folder, name), '--json', ...args]);
    if (run.code !== 0) throw new Error(`It ended with ${run.code}:\n${run.stdout}${run.stderr}`);
    return run.json() as { images: unknown[]; chart: string; builder: string | null };
  };

  test('makes one file that helm takes as it is, with the version and images that were named', async () => {
    const result = await chart(
      'named',
      '--chart-version',
      '1.4.0',
      '--tag',
      '1.4.0-rc.1',
      '--registry',
      'registry.example.com/shop',
    );
    expect(result).toMatchObject({
      images: [],
      chart: path.join(folder, 'named', 'spike-chart-1.4.0.tar.gz'),
      builder: null,
    });
    expect(await readdir(path.join(folder, 'named'))).toEqual(['spike-chart-1.4.0.tar.gz']);
    const shown = await runHelm(['show', 'chart', result.chart]);
    expect(parse(shown.stdout)).toMatchObject({ name: 'spike-chart', version: '1.4.0', appVersion: '1.4.0-rc.1' });
    const values = parse((await runHelm(['show', 'values', result.chart])).stdout) as { image: object };
    expect(JSON.stringify(values.image)).toContain('registry.example.com/shop');
    expect(await runHelm(['lint', '--strict', result.chart, ...stores])).toMatchObject({ code: 0 });
    const template = await runHelm(['template', 'spike', result.chart, ...stores]);
    expect(template).toMatchObject({ code: 0, stderr: '' });
    expect(template.stdout).toContain('registry.example.com/shop/spike-order-service:1.4.0-rc.1');
  });

  test('holds the files that helm itself would pack', async () => {
    const { chart: file } = await chart('ours', '--chart-version', '1.4.0');
    const rendered = path.join(folder, 'rendered');
    expect(await cli.run(['render', 'helm', '--out', rendered])).toMatchObject({ code: 0 });
    const target = path.join(folder, 'theirs');
    await mkdir(target);
    const run = await runHelm(['package', rendered, '--version', '1.4.0', '--destination', target]);
    expect(run).toMatchObject({ code: 0 });
    expect(await namesIn(file)).toEqual(await namesIn(path.join(target, 'spike-chart-1.4.0.tgz')));
  });

  test('is the same bytes each time', async () => {
    const args = ['--tag', '1.4.0', '--chart-version', '1.4.0'];
    const [first, second] = [await chart('first', ...args), await chart('second', ...args)];
    expect(await sha256(second.chart)).toBe(await sha256(first.chart));
  });

  test('under another version leaves no file', async () => {
    const out = path.join(folder, 'refused');
    const run = await cli.run(['build', 'chart', '--out', out, '--chart-version', 'v1.4.0', '--json']);
    expect(run.code).toBe(2);
    expect(run.json()).toMatchObject({ error: { code: 'USAGE', suggestions: ['--chart-version 1.4.0'] } });
    await expect(readdir(out)).rejects.toThrow('ENOENT');
  });
});

describe('build --dry-run', () => {
  test('prints the commands for a shell, and runs none: the builder need not be here', async () => {
    const args = [
      'build',
      'all',
      '--builder',
      'podman',
      '--tag',
      '1.4.0',
      '--registry',
      'localhost:5000/shop',
      '--push',
    ];
    const run = await cli.run([...args, '--dry-run'], { env: { PATH: folder } });
    expect(run.code).toBe(0);
    const lines = run.stdout.trim().split('\n');
    expect(lines[0]).toBe('DIR=$(mktemp -d)');
    expect(lines[1]).toBe('spikectl render docker --out $DIR');
    expect(lines.filter((line) => line.startsWith('podman build '))).toHaveLength(5);
    expect(lines.at(-1)).toBe(
      'podman push --digestfile $DIR/order.digest localhost:5000/shop/spike-order-service:1.4.0',
    );
    expect(run.stderr).toContain(`The chart would be written to`);
    const { commands, images, dryRun } = (
      await cli.run([...args, '--dry-run', '--json'], { env: { PATH: folder } })
    ).json();
    expect(dryRun).toBe(true);
    expect(images[0]).toEqual({ service: 'user', reference: 'localhost:5000/shop/spike-user-service:1.4.0' });
    expect(commands).toEqual(lines);
  });
});

describe('build images', () => {
  test('where no builder works ends with 5, the reason for each and what to install', async () => {
    const run = await cli.run(['build', 'images', '--tag', '1.4.0', '--json'], { env: { PATH: folder } });
    expect(run.code).toBe(5);
    expect(run.json()).toMatchObject({
      error: {
        code: 'NO_BUILDER',
        exit: 5,
        message: expect.stringContaining('docker: not installed; podman: not installed; buildah: not installed'),
        suggestions: [expect.stringContaining('apt-get install buildah'), expect.stringContaining('--dry-run')],
      },
    });
    expect(run.stderr).toBe('');
  });

  test('with a builder that there is none of ends with 2 and the nearest', async () => {
    const run = await cli.run(['build', 'images', '--builder', 'buildha']);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('Did you mean buildah?');
  });

  test.each([
    [['--registry', 'https://registry.example.com'], '--registry registry.example.com'],
    [['--tag', 'latest'], '--tag 1.4.0'],
    [['--tag', 'a b'], '--tag 1.4.0'],
    [['--push'], 'SPIKE_REGISTRY'],
    [['--source', '/'], '--source FOLDER'],
  ])('%j is refused with what to type', async (args, suggestion) => {
    const run = await cli.run(['build', 'images', ...args, '--json']);
    expect(run.code).toBe(2);
    expect(run.json().error.suggestions.join('\n')).toContain(suggestion);
  });

  test('an unknown target is refused with the nearest', async () => {
    const run = await cli.run(['build', 'image']);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('images');
  });
});

/** What the chart cannot make up. */
const stores = [
  ...['--set', 'mysql.url=mysql://u:p@mysql/spike', '--set', 'redis.url=redis://redis'],
  ...['--set', 'rabbitmq.url=amqp://u:p@rabbitmq'],
];

async function namesIn(file: string): Promise<string[]> {
  const names: string[] = [];
  await list({ file, onReadEntry: (entry) => names.push(entry.path) });
  return names.sort();
}

async function sha256(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}
