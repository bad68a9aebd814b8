import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { assetKinds } from '../../src/delivery/render/renderValues.js';
import { createCli, type Cli } from '../helpers/runCli.js';

let cli: Cli;
let folder: string;

beforeEach(async () => {
  cli = await createCli();
  folder = await mkdtemp(path.join(tmpdir(), 'spike-render-'));
});

afterEach(async () => {
  await cli.remove();
  await rm(folder, { recursive: true });
});

const inFolder = (...parts: string[]) => path.join(folder, ...parts);

/** Every file below the folder, with its content. */
async function contents(below = folder): Promise<Record<string, string>> {
  const entries = await readdir(below, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(files.sort().map(async (file) => [path.relative(below, file), await readFile(file, 'utf8')])),
  ) as Record<string, string>;
}

describe('spikectl render', () => {
  test.each(assetKinds)('%s writes files that say how they were made; typed again it changes nothing', async (kind) => {
    const first = await cli.run(['render', kind, '--out', inFolder('out'), '--json']);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    const { files, ...rest } = first.json();
    expect(rest).toEqual({ kind, out: inFolder('out'), dryRun: false });
    const written = await contents(inFolder('out'));
    expect(files.map(({ path: file }: { path: string }) => file).sort()).toEqual(Object.keys(written).sort());
    for (const { path: file, state, bytes } of files)
      expect({ file, state, bytes }).toEqual({ file, state: 'created', bytes: Buffer.byteLength(written[file]!) });

    const again = await cli.run(['render', kind, '--out', inFolder('out')]);
    expect(again).toMatchObject({ code: 0 });
    expect(again.stdout).not.toMatch(/^(created|changed) /m);
    expect(again.stderr).toContain('is up to date: nothing was written');
    expect(await contents(inFolder('out'))).toEqual(written);
  });

  test('the line that a file carries makes the same file again, elsewhere and without the settings around it', async () => {
    await writeFile(inFolder('spikectl.yaml'), 'logLevel: debug\npendingMax: 5000\n');
    const first = await cli.run(['render', 'compose', '--out', 'one', '--no-secrets', '--port', '8123'], {
      cwd: folder,
      env: { SPIKE_REGISTRY: 'registry.example:5000/shop', SPIKE_LOG_LEVEL: 'warn' },
    });
    expect(first.code).toBe(0);
    const made = await contents(inFolder('one'));
    expect(made['settings.env']).toContain('SPIKE_LOG_LEVEL=warn\n');
    expect(made['settings.env']).toContain('SPIKE_PENDING_MAX=5000\n');
    const [, line = ''] = /spikectl (render compose --out DIR .*)/.exec(made['compose.yaml']!)!;
    expect(line).toBe(
      'render compose --out DIR --registry registry.example:5000/shop --port 8123 --set logLevel=warn --set pendingMax=5000',
    );
    const again = await cli.run([...line.replace('DIR', inFolder('two')).split(' '), '--no-secrets']);
    expect(again.code).toBe(0);
    expect(await contents(inFolder('two'))).toEqual(made);
  });

  test('a flag wins over the environment, that over spikectl.yaml', async () => {
    await writeFile(inFolder('spikectl.yaml'), 'logLevel: debug\n');
    const logLevel = async (args: string[], env: Record<string, string>) => {
      const out = inFolder(`out-${args.length}-${Object.keys(env).length}`);
      const { code } = await cli.run(['render', 'compose', '--out', out, '--no-secrets', ...args], {
        cwd: folder,
        env,
      });
      expect(code).toBe(0);
      return /^SPIKE_LOG_LEVEL=(\w+)$/m.exec(await readFile(path.join(out, 'settings.env'), 'utf8'))?.[1];
    };
    expect(await logLevel(['--set', 'logLevel=error'], { SPIKE_LOG_LEVEL: 'warn' })).toBe('error');
    expect(await logLevel([], { SPIKE_LOG_LEVEL: 'warn' })).toBe('warn');
    expect(await logLevel([], {})).toBe('debug');
  });

  test('a file that was edited is shown and kept, until --force; --dry-run only tells', async () => {
    const out = ['--out', inFolder('out')];
    await cli.run(['render', 'docker', ...out]);
    const file = inFolder('out', 'Dockerfile');
    const rendered = await readFile(file, 'utf8');
    await writeFile(file, rendered.replace('STOPSIGNAL SIGTERM', 'STOPSIGNAL SIGQUIT'));
    const edited = await contents();

    const refused = await cli.run(['render', 'docker', ...out]);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('\n-STOPSIGNAL SIGQUIT\n+STOPSIGNAL SIGTERM\n');
    expect(refused.stderr).toContain('1 file differs');
    expect(refused.stderr).toContain('--force');
    expect((await cli.run(['render', 'docker', ...out, '--json'])).json()).toMatchObject({
      error: { code: 'FILES_DIFFER', exit: 1 },
    });
    const dry = await cli.run(['render', 'docker', ...out, '--dry-run', '--json']);
    expect(dry.code).toBe(0);
    expect(dry.json()).toMatchObject({
      dryRun: true,
      files: expect.arrayContaining([{ path: 'Dockerfile', state: 'changed', bytes: Buffer.byteLength(rendered) }]),
    });
    expect(await contents()).toEqual(edited);

    expect(await cli.run(['render', 'docker', ...out, '--force'])).toMatchObject({ code: 0 });
    expect(await readFile(file, 'utf8')).toBe(rendered);
  });

  test('secrets of the Compose system are made once and never printed', async () => {
    const args = ['render', 'compose', '--out', inFolder('out')];
    const first = await cli.run(args);
    const secrets = await contents(inFolder('out', 'secrets'));
    expect(Object.keys(secrets)).toEqual(expect.arrayContaining(['mysql-url', 'admin-password', 'ticket-secret']));
    const again = await cli.run([...args, '--force', '--set', 'logLevel=warn']);
    expect(again.code).toBe(0);
    expect(await contents(inFolder('out', 'secrets'))).toEqual(secrets);
    for (const secret of Object.values(secrets))
      for (const { stdout, stderr } of [first, again]) expect(stdout + stderr).not.toContain(secret.trim());
    const { stdout } = await cli.run(['render', 'compose', '--out', inFolder('without'), '--no-secrets']);
    expect(stdout).not.toContain('secrets/');
  });

  test.each([
    ['no folder', ['docker'], /Missing required flag|--out/],
    ['an empty folder', ['docker', '--out', ''], /--out/],
    ['a kind that there is not', ['dokcer', '--out', 'x'], /render docker/],
    ['latest', ['compose', '--out', 'x', '--tag', 'latest'], /refused/],
    [
      'a registry with a scheme',
      ['compose', '--out', 'x', '--registry', 'https://registry.example'],
      /--registry registry\.example/,
    ],
    ['a name with a dot', ['compose', '--out', 'x', '--name', 'my.shop'], /--name 'my\.shop'/],
    ['a setting that there is not', ['compose', '--out', 'x', '--set', 'logLevl=warn'], /did you mean logLevel/],
    ['a secret', ['compose', '--out', 'x', '--set', 'ticketSecret=abc'], /never written into rendered files/],
    ['a value that is not valid', ['compose', '--out', 'x', '--set', 'logLevel=loud'], /logLevel/],
    ['a base image of two words', ['docker', '--out', 'x', '--node-image', 'node 24'], /--node-image/],
  ])('refuses %s with 2 and what to type, and writes nothing', async (_what, args, text) => {
    const { code, stderr, stdout } = await cli.run(['render', ...args], { cwd: folder });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(text);
    expect(await contents()).toEqual({});
  });

  test('what is in the way is named', async () => {
    await mkdir(inFolder('out', 'Dockerfile'), { recursive: true });
    const { code, stderr } = await cli.run(['render', 'docker', '--out', inFolder('out'), '--force']);
    expect(code).toBe(1);
    expect(stderr).toContain(`${inFolder('out', 'Dockerfile')} is a folder`);
  });
});
