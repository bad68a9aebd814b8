import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { buildScript } from './buildScript.js';
import { planBuild, type BuildFlags } from './planBuild.js';
import type { BuildTarget } from './buildTargets.js';

let source: string;

beforeAll(async () => {
  source = await mkdtemp(path.join(tmpdir(), 'spike-clone-'));
  await writeFile(path.join(source, 'package.json'), JSON.stringify({ name: 'spikectl', version: '1.4.0' }));
  for (const name of ['package-lock.json', 'tsconfig.build.json']) await writeFile(path.join(source, name), '{}');
  await git('init', '--quiet');
  await git('add', '--all');
  await git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '--quiet', '--message', 'a');
});

afterAll(() => rm(source, { recursive: true, force: true }));

const git = (...args: string[]) => promisify(execFile)('git', ['-C', source, ...args]);
const plan = (target: BuildTarget, flags: BuildFlags = {}) => planBuild({ target, source, flags });

describe('planning a build', () => {
  test('without flags is five images of this commit and the chart of this version', async () => {
    const planned = await plan('all');
    const commit = (await git('rev-parse', 'HEAD')).stdout.trim();
    expect(planned).toMatchObject({
      tag: `1.4.0-g${commit.slice(0, 12)}`,
      registry: undefined,
      chartVersion: '1.4.0',
      labels: { 'org.opencontainers.image.revision': commit },
      warnings: [],
    });
    expect(planned.images.map(({ reference }) => reference)).toEqual(
      ['user', 'spike', 'access', 'admin', 'order'].map((name) => `spike-${name}-service:${planned.tag}`),
    );
    expect(planned.createdAtSeconds).toBeGreaterThan(1_600_000_000);
  });

  test('of files that differ from the commit says so, and gives them no time of the commit', async () => {
    await writeFile(path.join(source, 'new.txt'), '');
    try {
      const planned = await plan('images');
      expect(planned.tag).toMatch(/-dirty$/);
      expect(planned.warnings).toEqual([expect.stringContaining('the tag says so')]);
      expect(planned.createdAtSeconds).toBeUndefined();
      expect((await plan('images', { tag: '1.4.0' })).warnings).toEqual([
        expect.stringContaining('the tag does not say so'),
      ]);
    } finally {
      await rm(path.join(source, 'new.txt'));
    }
  });

  test('of some services keeps the order of building', async () => {
    const { images, chartVersion } = await plan('images', { service: ['order', 'user'] });
    expect(images.map(({ service }) => service)).toEqual(['user', 'order']);
    expect(chartVersion).toBeNull();
  });

  test.each<[string, BuildTarget, BuildFlags, string]>([
    ['pushing to nowhere', 'all', { push: true }, 'needs a registry'],
    ['pushing a chart alone', 'chart', { push: true, registry: 'localhost:5000' }, 'build chart makes none'],
    ['saying how to push, and not to push', 'images', { 'insecure-registry': true }, '--push is not given'],
    ['a platform that is none', 'images', { platform: ['arm64'] }, "--platform 'arm64' is not os/architecture"],
    ['settings of npm that are not there', 'images', { npmrc: '/nonexistent/npmrc' }, '--npmrc /nonexistent/npmrc'],
    ['a bad registry', 'images', { registry: 'shop' }, 'does not begin with a host'],
    ['a bad tag', 'images', { tag: 'latest' }, 'is refused'],
    ['a bad version of the chart', 'chart', { 'chart-version': 'v1' }, 'is not a version'],
  ])('refuses %s before anything runs', async (_what, target, flags, message) => {
    await expect(plan(target, flags)).rejects.toMatchObject({ exit: 2, message: expect.stringContaining(message) });
  });

  test('refuses a folder without the sources', async () => {
    const empty = path.join(source, '.git', 'empty');
    await mkdir(empty);
    await expect(planBuild({ target: 'images', source: empty, flags: {} })).rejects.toMatchObject({
      exit: 2,
      suggestions: [expect.stringContaining('--source')],
    });
  });

  test('needs no sources for a chart: an installed package has the templates, too', async () => {
    const installed = path.join(source, '.git', 'installed');
    await mkdir(installed);
    await writeFile(path.join(installed, 'package.json'), JSON.stringify({ name: 'spikectl', version: '2.0.0' }));
    expect(await planBuild({ target: 'chart', source: installed, flags: {} })).toMatchObject({
      chartVersion: '2.0.0',
      images: [],
    });
    await expect(planBuild({ target: 'all', source: installed, flags: {} })).rejects.toMatchObject({ exit: 2 });
  });

  test('warns where what is pushed can be read on the way, not on this machine', async () => {
    const push = { push: true, 'insecure-registry': true, tag: '1.4.0' };
    expect((await plan('images', { ...push, registry: 'registry.example.com' })).warnings).toEqual([
      expect.stringContaining('can be read and changed on the way'),
    ]);
    expect((await plan('images', { ...push, registry: '127.0.0.1:5000' })).warnings).toEqual([]);
  });
});

describe('the script of a build', () => {
  test('renders, builds and pushes, one line each, and quotes what a shell would read otherwise', async () => {
    const flags = { service: ['order'], registry: 'localhost:5000', tag: '1.4.0', push: true } as const;
    const planned = await plan('images', { ...flags, 'builder-option': ['--annotation=a=it is $HOME'] });
    const script = buildScript(planned, 'buildah');
    expect(script.slice(0, 2)).toEqual(['DIR=$(mktemp -d)', 'spikectl render docker --out $DIR']);
    expect(script[2]).toContain(' --file $DIR/Dockerfile --target order ');
    expect(script[2]).toContain(` '--annotation=a=it is $HOME' ${planned.source}`);
    expect(script[3]).toBe('buildah push --digestfile $DIR/order.digest localhost:5000/spike-order-service:1.4.0');
    expect(script).toHaveLength(4);
  });
});
