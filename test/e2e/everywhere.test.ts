import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCli, type Cli, type CliRun } from '../helpers/runCli.js';
import { readManifest } from '../helpers/surface/manifest.js';
import { fillIn, runs } from '../helpers/surface/runs.js';
import { CTRL_C } from '../helpers/terminal.js';

/** What holds for every command, whoever adds it: this goes through the manifest, and through one call of each command. */
/** A port on which nothing listens: the discard service has not been offered for decades. */
const NOWHERE = 'http://127.0.0.1:9';
const COLOUR = '\u001b[';

const manifest = readManifest();
const names = Object.keys(manifest).map((id) => id.replaceAll(':', ' '));
/** Ids of the right form, for commands that look at them before they ask anybody. */
const ids = { order: '1-01ARZ3NDEKTSV4RRFFQ69G5FAV', paidOrder: '1-01ARZ3NDEKTSV4RRFFQ69G5FAV' };
/** One call of each command that talks to a deployment. */
const staffCalls = names.flatMap((name) => {
  const run = runs.find(({ command }) => command === name);
  return run === undefined || run.isLocal ? [] : [[name, fillIn(run.args, ids, '1')] as const];
});

let cli: Cli;

beforeAll(async () => {
  cli = await createCli();
});

afterAll(() => cli.remove());

describe.each(names)('%s', (name) => {
  const words = name.split(' ');

  test('says in its help what it does, with an example', async () => {
    const run = await cli.run([...words, '--help']);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    const { summary = '', examples = [] } = manifest[words.join(':')]!;
    // Help is wrapped to the width of the terminal.
    expect(run.stdout.replace(/\s+/g, ' ')).toContain(summary.replace(/\s+/g, ' ').slice(0, 60));
    expect(summary).not.toMatch(/\.$/);
    expect(examples.length).toBeGreaterThan(0);
    // `help --help` shows the first page.
    if (name !== 'help') expect(run.stdout).toContain('EXAMPLES');
    expect(run.stdout).toContain('$ spikectl');
  });

  // help takes the names of commands as they come.
  if (name === 'help') return;
  test('refuses a flag that it does not have, and names the nearest', async () => {
    const [text, json] = await Promise.all([cli.run([...words, '--jsno']), cli.run([...words, '--jsno', '--json'])]);
    expect(text).toMatchObject({ code: 2, stdout: '' });
    expect(text.stderr).toContain('--jsno');
    expect(text.stderr).toContain('Did you mean --json?');
    expect(json).toMatchObject({ code: 2, stderr: '' });
    expect(json.json()).toMatchObject({ error: { code: 'USAGE', exit: 2 } });
  });
});

describe('a command that talks to a deployment', () => {
  test.each(staffCalls)('%s: whoever is not logged in gets 4 and is told to log in', async (name, args) => {
    const run = await cli.run([...name.split(' '), ...args, '--json']);
    expect(run.stdout).not.toBe('');
    expect(run.json()).toMatchObject({
      error: { code: 'NOT_LOGGED_IN', exit: 4, suggestions: expect.arrayContaining(['spikectl login']) },
    });
    expect(run).toMatchObject({ code: 4, stderr: '' });
  });

  test.each(staffCalls)('%s: when nobody answers it is 5, with the address and what to type', async (name, args) => {
    const env = { SPIKE_URL: NOWHERE, SPIKE_TOKEN: 'none' };
    const run = await cli.run([...name.split(' '), ...args, '--json'], { env });
    expect(run.json()).toMatchObject({
      error: {
        code: 'UNREACHABLE',
        message: expect.stringContaining(`${NOWHERE} is not reachable`),
        exit: 5,
        suggestions: expect.arrayContaining(['spikectl up']),
      },
    });
    expect(run.code).toBe(5);
  });
});

describe('a command of this machine whose stores were never started', () => {
  test.each([['db status'], ['db migrate'], ['db reset --yes'], ['daemon']])(
    '%s ends with 5 and says what to type',
    async (line) => {
      const env = { SPIKE_HOME: path.join(cli.configDirectory, '..', 'empty') };
      const run = await cli.run([...line.split(' '), '--json'], { env });
      expect(run.code).toBe(5);
      expect(run.json()).toMatchObject({
        error: { code: 'STORE_UNREACHABLE', suggestions: expect.arrayContaining(['spikectl middleware up']) },
      });
    },
  );

  test.each([['down'], ['down --purge'], ['middleware down'], ['daemon stop']])(
    '%s --dry-run finds nothing to stop',
    async (line) => {
      const env = { SPIKE_HOME: path.join(cli.configDirectory, '..', 'empty') };
      const run = await cli.run([...line.split(' '), '--dry-run', '--json'], { env });
      expect(run).toMatchObject({ code: 0, stderr: '' });
      expect(run.json()).toMatchObject({ dryRun: true });
    },
  );
});

describe('Ctrl-C', () => {
  let silent: Server;
  let env: Record<string, string>;

  /** A deployment that takes every connection and never answers. */
  beforeAll(async () => {
    silent = createServer((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    env = { SPIKE_URL: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`, SPIKE_TOKEN: 'none' };
  });

  afterAll(() => void silent.close());

  /** Runs a command, and interrupts it as soon as it waits for an answer. */
  async function interrupted(args: string[], more: Record<string, string> = {}): Promise<CliRun> {
    const asked = once(silent, 'connection');
    const running = cli.start(args, { env: { ...env, ...more } });
    await asked;
    running.kill('SIGINT');
    return running.ended;
  }

  test.each([['audit'], ['event list'], ['order list --all'], ['event pause 1'], ['queue list']])(
    'ends `%s` with 130, quietly, and with one document under --json',
    async (line) => {
      for (const json of [[], ['--json']]) {
        const run = await interrupted([...line.split(' '), ...json]);
        expect(run).toMatchObject({ code: 130, stderr: '' });
        if (json.length === 0) expect(run.stdout).toBe('');
        else expect(run.json()).toMatchObject({ error: { code: 'CANCELLED', exit: 130 } });
      }
    },
  );

  test('during a login keeps nothing', async () => {
    const run = await interrupted(['login', '--username', 'ada'], { SPIKE_PASSWORD: 'secret' });
    expect(run).toMatchObject({ code: 130, stdout: '', stderr: '' });
    await expect(readFile(path.join(cli.configDirectory, 'contexts.json'))).rejects.toThrow('ENOENT');
  });

  test('on a terminal ends what waits with 130', async () => {
    const connected = once(silent, 'connection');
    const terminal = cli.openTerminal(['audit'], { env });
    await connected;
    terminal.type(CTRL_C);
    expect(await terminal.ended()).toBe(130);
    expect(terminal.shown).not.toContain('Error');
  });

  test('is how one stops following a log', async () => {
    const home = path.join(cli.configDirectory, '..', 'logs-home');
    await mkdir(path.join(home, 'logs'), { recursive: true });
    await writeFile(path.join(home, 'logs', 'order.log'), 'first line\n');
    const terminal = cli.openTerminal(['daemon', 'logs', 'order', '--follow'], { env: { SPIKE_HOME: home } });
    await terminal.until('first line');
    await writeFile(path.join(home, 'logs', 'order.log'), 'first line\nsecond line\n');
    await terminal.until('second line');
    terminal.type(CTRL_C);
    expect(await terminal.ended()).toBe(130);
  });
});

describe('on a terminal', () => {
  const contexts = { current: 'shop', contexts: { shop: { url: NOWHERE }, spare: { url: NOWHERE } } };

  beforeAll(async () => {
    await mkdir(cli.configDirectory, { recursive: true, mode: 0o700 });
    await writeFile(path.join(cli.configDirectory, 'contexts.json'), JSON.stringify(contexts), { mode: 0o600 });
  });

  afterAll(() => rm(cli.configDirectory, { recursive: true }));

  async function shown(line: string, env: Record<string, string> = {}): Promise<string> {
    const terminal = cli.openTerminal(line.split(' '), { env });
    await terminal.ended();
    return terminal.shown;
  }

  test('a table has colours, with NO_COLOR it has none, and in a pipe neither', async () => {
    expect(await shown('context list')).toContain(COLOUR);
    const plain = await shown('context list', { NO_COLOR: '1' });
    expect(plain).toContain('shop');
    expect(plain).not.toContain(COLOUR);
    expect((await cli.run(['context', 'list'])).stdout).not.toContain(COLOUR);
  });

  test('JSON has none, whatever is set', async () => {
    const text = await shown('context list --json', { FORCE_COLOR: '1' });
    expect(text).not.toContain(COLOUR);
    expect(JSON.parse(text)).toHaveLength(2);
  });

  test('what cannot be taken back is asked for, and a no changes nothing', async () => {
    const terminal = cli.openTerminal(['context', 'delete', 'spare']);
    await terminal.until('Forget context spare');
    terminal.type('n\r');
    expect(await terminal.ended()).toBe(130);
    expect((await cli.run(['context', 'list', '--json'])).json()).toHaveLength(2);
  });
});

describe('a wrong value', () => {
  test.each([
    [['middleware', 'logs', 'redsi'], 'Did you mean redis?'],
    [['completion', 'zhs'], 'Did you mean zsh?'],
    [['daemon', 'logs', 'ordr'], 'Did you mean order?'],
    [['context', 'list', '--sort', 'usrname'], 'Did you mean username?'],
    [['daemon', 'statsu'], 'spikectl daemon status'],
    [['docter'], 'spikectl doctor'],
    [['event', 'shwo', '3'], 'spikectl event show'],
  ])('%j is refused with 2 and the nearest that there is', async (args, suggestion) => {
    const env = { SPIKE_URL: NOWHERE, SPIKE_TOKEN: 'none' };
    const run = await cli.run([...args, '--json'], { env });
    expect(run.json().error.suggestions.join('\n')).toContain(suggestion);
    expect(run.code).toBe(2);
  });
});
