import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCli, type Cli } from '../helpers/runCli.js';

/** A port on which nothing listens: the discard service has not been offered for decades. */
const NOWHERE = 'http://127.0.0.1:9';
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

let cli: Cli;

beforeAll(async () => {
  cli = await createCli();
});

afterAll(() => cli.remove());

describe('a command line that cannot be right', () => {
  test.each([
    [['evnt', 'list'], "There is no command 'evnt list'.", 'spikectl event list'],
    [['evnt', '--help'], "There is no command 'evnt'.", 'spikectl event'],
    [['event', 'create', '--titel', 'x'], 'Nonexistent flag: --titel', 'Did you mean --title?'],
    [['order', 'list', '--state', 'payd'], 'Expected --state=payd', 'Did you mean paid?'],
    [['event', 'show', 'abc'], "'abc' is not the id of an event", 'spikectl event list'],
    [['event', 'show'], 'Missing argument: EVENT', 'spikectl event show --help'],
    [['event', 'create'], 'Missing flags: --title, --commodity, --stock', 'spikectl event create --help'],
    [['context', 'list', '--columns', 'nam'], "there is no column 'nam'", 'Did you mean name?'],
    [['context', 'use', 'nowhere'], "There is no context 'nowhere'", 'spikectl login'],
  ])('%j ends with 2 and says what to type', async (args, message, suggestion) => {
    const text = await cli.run(args);
    expect(text).toMatchObject({ code: 2, stdout: '' });
    expect(text.stderr).toContain(message);
    expect(text.stderr).toContain(suggestion);
    expect(text.stderr).not.toMatch(/^\s+at /m);

    const json = await cli.run([...args, '--json']);
    expect(json).toMatchObject({ code: 2, stderr: '' });
    expect(json.json()).toEqual({
      error: {
        code: 'USAGE',
        message: expect.stringContaining(message),
        exit: 2,
        suggestions: expect.arrayContaining([suggestion]),
      },
    });
  });

  const create = ['event', 'create', '--title', 'Lamps', '--commodity', 'Lamps', '--json'];
  test.each([
    [['--stock', '-1', '--price', '1']],
    [['--stock', '0', '--price', '1']],
    [['--stock', 'many', '--price', '1']],
    [['--stock', '1']],
    [['--stock', '1', '--price', '9,99']],
    [['--stock', '1', '--price', '1', '--price-cents', '100']],
    [['--stock', '1', '--price', '1', '--limit', '0']],
    [['--stock', '1', '--price', '1', '--starts', 'soon']],
    [['--stock', '1', '--price', '1', '--starts', '+2h', '--ends', '2020-01-01T00:00:00Z']],
    [['--stock', '1', '--price', '1', '--rule', '[{']],
    [['--stock', '1', '--price', '1', '--rule', 'no-such-file.json']],
    [['--stock', '1', '--price', '1', '--payment-window', '15']],
  ])('an event with %j is refused before anybody is asked', async (flags) => {
    const refused = await cli.run([...create, ...flags], { env: { SPIKE_URL: NOWHERE, SPIKE_TOKEN: 'none' } });
    expect(refused.code).toBe(2);
    expect(refused.json()).toMatchObject({ error: { code: 'USAGE', exit: 2 } });
  });
});

describe('a deployment that cannot be reached', () => {
  test('ends with 5 and says which address, in text and as JSON', async () => {
    const env = { SPIKE_URL: NOWHERE, SPIKE_TOKEN: 'none' };
    const text = await cli.run(['event', 'list'], { env });
    expect(text).toMatchObject({ code: 5, stdout: '' });
    expect(text.stderr).toContain(`${NOWHERE} is not reachable: connection refused`);
    const json = await cli.run(['event', 'list', '--json'], { env });
    expect(json.code).toBe(5);
    expect(json.json()).toMatchObject({ error: { code: 'UNREACHABLE', exit: 5 } });
  });

  test('shows a stack only with --verbose', async () => {
    const env = { SPIKE_URL: NOWHERE, SPIKE_TOKEN: 'none' };
    expect((await cli.run(['audit'], { env })).stderr).not.toMatch(/^\s+at /m);
    expect((await cli.run(['audit', '--verbose'], { env })).stderr).toMatch(/^\s+at /m);
  });

  test('who is not logged in anywhere gets 4 and is told to log in', async () => {
    const run = await cli.run(['queue', 'list', '--json']);
    expect(run.code).toBe(4);
    expect(run.json()).toMatchObject({
      error: { code: 'NOT_LOGGED_IN', exit: 4, suggestions: expect.arrayContaining(['spikectl login']) },
    });
  });
});

describe('login without a terminal', () => {
  test('needs a username and a password, and says how to pass them', async () => {
    expect(await cli.run(['login', '--url', NOWHERE])).toMatchObject({ code: 2 });
    const noPassword = await cli.run(['login', '--url', NOWHERE, '--username', 'ada']);
    expect(noPassword).toMatchObject({ code: 2 });
    expect(noPassword.stderr).toContain('--password-stdin');
  });

  test('takes no password as a flag', async () => {
    const run = await cli.run(['login', '--url', NOWHERE, '--username', 'ada', '--password', 'secret']);
    expect(run).toMatchObject({ code: 2 });
    expect(run.stderr).toContain('Nonexistent flag: --password');
    expect(run.stderr).not.toContain('secret');
  });

  test('keeps nothing when it fails', async () => {
    const run = await cli.run(['login', '--url', NOWHERE, '--username', 'ada', '--password-stdin'], {
      input: 'secret\n',
    });
    expect(run).toMatchObject({ code: 5 });
    expect((await cli.run(['context', 'list', '--json'])).json()).toEqual([]);
  });
});

describe('the settings', () => {
  test('say where each value came from, the environment before the file, and hide secrets', async () => {
    const folder = path.join(cli.configDirectory, '..', 'project', 'below');
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, '..', 'spikectl.yaml'), 'adminPort: 9001\nuserPort: 9002\n');
    const env = { SPIKE_ADMIN_PORT: '9003', SPIKE_SERVICE_TOKEN: 'a-secret-of-some-length-'.repeat(2) };
    const run = await cli.run(['config', 'show', '--json'], { cwd: folder, env });
    expect(run.code).toBe(0);
    expect(run.stdout).not.toContain('a-secret');
    const { settings, file } = run.json();
    expect(file).toBe(path.join(folder, '..', 'spikectl.yaml'));
    const of = (name: string) => settings.find((setting: { name: string }) => setting.name === name);
    expect(of('adminPort')).toMatchObject({ value: 9003, origin: 'environment' });
    expect(of('userPort')).toMatchObject({ value: 9002, origin: 'file' });
    expect(of('orderPort')).toMatchObject({ origin: 'default' });
    expect(of('serviceToken')).toMatchObject({ origin: 'environment' });
  });

  test('a value that is not valid is named, and the command ends with 2', async () => {
    const run = await cli.run(['config', 'show'], { env: { SPIKE_ADMIN_PORT: 'http' } });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('adminPort');
  });

  test('a damaged file is named with its fault', async () => {
    const folder = path.join(cli.configDirectory, '..', 'damaged');
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'spikectl.yaml'), 'adminPort: [');
    const run = await cli.run(['config', 'show', '--json'], { cwd: folder });
    expect(run.code).toBe(2);
    expect(run.json()).toMatchObject({ error: { code: 'CONFIG', message: expect.stringContaining('spikectl.yaml') } });
  });
});

describe('the contexts', () => {
  test('are closed to others again when somebody opened them', async () => {
    await mkdir(cli.configDirectory, { recursive: true });
    const file = path.join(cli.configDirectory, 'contexts.json');
    const contexts = { current: 'local', contexts: { local: { url: NOWHERE, username: 'ada', token: 'top-secret' } } };
    await writeFile(file, JSON.stringify(contexts));
    await chmod(file, 0o644);
    const run = await cli.run(['context', 'show']);
    expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining(NOWHERE) });
    expect(run.stderr).toContain('could be read by others');
    expect(run.stdout + run.stderr).not.toContain('top-secret');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test('are listed, chosen and left by name', async () => {
    expect((await cli.run(['context', 'list', '--json'])).json()).toEqual([
      expect.objectContaining({ name: 'local', current: true, url: NOWHERE, username: 'ada', loggedIn: true }),
    ]);
    expect(await cli.run(['context', 'use', 'lokal'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Did you mean local?'),
    });
    expect((await cli.run(['logout', '--json'])).json()).toMatchObject({ context: 'local', wasLoggedIn: true });
    expect(await cli.run(['event', 'list'])).toMatchObject({ code: 4 });
  });
});

describe('help', () => {
  test.each([[['--help']], [['event', 'create', '--help']], [['help', 'audit']]])('%j goes to stdout', async (args) => {
    expect(await cli.run(args)).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('USAGE') });
  });

  test('comes from a manifest that knows every command, so that none has to be loaded', async () => {
    const built = await readdir(path.join(ROOT, 'dist', 'commands'), { recursive: true });
    const ids = built
      .filter((file) => file.endsWith('.js'))
      .map((file) => file.replace(/\.js$/, '').replaceAll(path.sep, ':'));
    const manifest = JSON.parse(await readFile(path.join(ROOT, 'oclif.manifest.json'), 'utf8')) as { commands: object };
    expect(Object.keys(manifest.commands).sort()).toEqual(ids.map((id) => id.replace(/:index$/, '')).sort());
  });

  test('has no colours where nobody sees them', async () => {
    const run = await cli.run(['event', 'list']);
    // eslint-disable-next-line no-control-regex -- that is what is looked for
    expect(run.stdout + run.stderr).not.toMatch(/\u001b\[/);
  });
});
