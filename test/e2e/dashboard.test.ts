import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { eventually } from '../helpers/eventually.js';
import { openSale, type Sale } from '../helpers/openSale.js';
import { openStores, type TestStores } from '../helpers/openStores.js';
import { startSystem, type TestSystem } from '../helpers/startSystem.js';

const run = promisify(execFile);

jest.setTimeout(240_000);

let stores: TestStores;
let closeStores: () => Promise<void>;
let system: TestSystem;
let sale: Sale;
let eventId: string;

beforeAll(async () => {
  ({ stores, close: closeStores } = await openStores());
  system = await startSystem({ stores, under: 'children' });
  const { userJwtSecret } = system.local.secrets;
  sale = await openSale(stores, { spike: system.urls.ingress, order: system.urls.ingress }, { userJwtSecret });
  eventId = await sale.event({ title: 'Lamp of the year', quantity: 20 });
  for (const shopper of await sale.shoppers(3)) await sale.buy(shopper, eventId);
  await sale.auditAtRest(eventId);
});

afterAll(async () => {
  await sale.close();
  await system.stop();
  await closeStores();
});

describe('in a pipe', () => {
  test('--once --json has the numbers of event show and queue list, and every process', async () => {
    const look = async () => {
      const [frame, event, queues] = await Promise.all(
        [
          ['dashboard', '--once'],
          ['event', 'show', eventId],
          ['queue', 'list'],
        ].map(async (args) => (await system.cli([...args, '--json'])).json()),
      );
      return { frame, event, queues };
    };
    const { frame, event, queues } = await eventually(
      look,
      // What a store does not say in time is not in a frame.
      ({ frame }) =>
        frame.events?.[0]?.outcomes?.accepted === 3 &&
        frame.processes?.length === 5 &&
        frame.queues !== null &&
        frame.alerts.length === 0 &&
        frame.stores.every(({ status }: { status: string }) => status === 'up'),
    );
    const { rates: _rates, ...shown } = event;
    expect(frame.events[0]).toMatchObject(shown);
    expect(frame.queues).toMatchObject(queues);
    expect(frame.processes.map(({ service }: { service: string }) => service)).toEqual([
      'access',
      'admin',
      'order',
      'spike',
      'user',
    ]);
    expect(frame.stores.map(({ status }: { status: string }) => status)).toEqual(['up', 'up', 'up']);
    expect(frame.alerts).toEqual([]);
  });

  test.each([[['dashboard']], [['dashboard', '--once']]])('%j prints one plain frame', async (args) => {
    // What a store does not say in time is not in a frame.
    const { code, stdout, stderr } = await eventually(
      () => system.cli(args),
      (seen) => seen.code !== 0 || /Lamp of the year? ?.*17\/20 +0 +3/.test(seen.stdout),
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).not.toContain('\u001B');
  });

  test('with an event it prints everything about it', async () => {
    const { stdout } = await eventually(
      () => system.cli(['dashboard', eventId, '--once']),
      (seen) => seen.code !== 0 || seen.stdout.includes('17 of 20 left'),
    );
    expect(stdout).toContain(`Event ${eventId}: Lamp of the year`);
  });

  test.each([
    [['dashboard', '999999'], 2, 'NOT_FOUND'],
    [['dashboard', 'lamp'], 2, 'USAGE'],
    [['dashboard', '--json'], 2, 'USAGE'],
  ])('%j is refused', async (args, exit, code) => {
    const refused = await system.cli([...args, ...(args.includes('--json') ? [] : ['--once', '--json'])]);
    expect(refused.code).toBe(exit);
    expect(refused.json()).toMatchObject({ error: { code, exit, suggestions: [expect.any(String)] } });
  });

  test('without a login it ends with 4, without a service with 5', async () => {
    const cli = system.operatorEnvironment;
    const ask = (environment: Record<string, string>) =>
      run(process.execPath, ['bin/spikectl.js', 'dashboard', '--once'], {
        env: { ...process.env, ...cli, ...environment },
      }).then(
        () => 0,
        (error: unknown) => (error as { code: number }).code,
      );
    expect(await ask({ SPIKE_CONFIG_DIR: '/nowhere' })).toBe(4);
    expect(await ask({ SPIKE_URL: 'http://127.0.0.1:1', SPIKE_TOKEN: 'x' })).toBe(5);
  });
});

describe('on a terminal', () => {
  /** A tmux server of its own; its window is a shell, so that what the dashboard leaves behind can be seen. */
  async function openTerminal(columns: number, rows: number) {
    const socket = `spike-${randomBytes(6).toString('hex')}`;
    const tmux = async (...args: string[]) => (await run('tmux', ['-L', socket, ...args])).stdout;
    const environment = Object.entries({ ...system.operatorEnvironment, PS1: '$ ', PATH: process.env.PATH ?? '' });
    const shell = [
      'env',
      '-i',
      'TERM=xterm-256color',
      ...environment.map(([name, value]) => `${name}=${value}`),
      'bash',
      '--norc',
      '--noprofile',
    ];
    await tmux('-f', '/dev/null', 'new-session', '-d', '-x', String(columns), '-y', String(rows), ...shell);
    await tmux('set', '-g', 'status', 'off');
    const screen = () => tmux('capture-pane', '-p');
    return {
      screen,
      type: (...keys: string[]) => tmux('send-keys', ...keys),
      resize: (width: number, height: number) => tmux('resize-window', '-x', String(width), '-y', String(height)),
      /** All of them at once: what is shown while it is drawn may be half of it. */
      see: (...texts: (string | RegExp)[]) =>
        eventually(screen, (seen) =>
          texts.every((text) => (typeof text === 'string' ? seen.includes(text) : text.test(seen))),
        ),
      /** The process that the shell has started. */
      async child() {
        const shellPid = (await tmux('display-message', '-p', '#{pane_pid}')).trim();
        return Number((await run('pgrep', ['-P', shellPid])).stdout.trim());
      },
      kill: () => tmux('kill-server'),
      modes: () => tmux('display-message', '-p', '#{alternate_on} #{cursor_flag}'),
    };
  }

  const command = (args = '') => `${process.execPath} bin/spikectl.js dashboard ${args}`;

  test.each([
    [80, 24],
    [160, 50],
  ])(
    'at %i×%i it shows the sale, follows keys and a resize, and leaves the terminal as it was',
    async (columns, rows) => {
      const terminal = await openTerminal(columns, rows);
      try {
        await terminal.type(`echo before; ${command()}; echo "code $?"`, 'Enter');
        const words = ['Lamp of', '17/20', 'accepted', 'mysql', 'spike', 'q quit'];
        const seen = await terminal.see('● live', ...words);
        expect(seen).not.toContain('before');
        await terminal.type('Enter');
        await terminal.see('17 of 20 left');
        await terminal.type('p');
        await terminal.see(`spikectl event pause ${eventId}`);
        await terminal.type('y');
        await terminal.see('is paused.');
        await terminal.type('x');
        await terminal.see('Answers to purchases', /\bpaused\b/);
        await terminal.type('r');
        await terminal.see(`spikectl event resume ${eventId}`);
        await terminal.type('y');
        await terminal.see('goes on');
        await terminal.type('x');
        await terminal.see('Answers to purchases');
        await terminal.type('Escape');
        await terminal.see(/Answers: event/);
        await terminal.resize(100, 30);
        await terminal.see(/Answers: event/);
        await terminal.type('q');
        const after = await terminal.see(/code \d/);
        expect(after).toContain('code 0');
        expect(after).toContain('before');
        expect((await terminal.modes()).trim()).toBe('0 1');
      } finally {
        await terminal.kill();
      }
    },
  );

  test.each(['Ctrl-C', 'SIGTERM'])('%s gives the terminal back', async (how) => {
    const terminal = await openTerminal(80, 24);
    try {
      await terminal.type(`echo before; ${command('--readonly')}; echo "code $?"`, 'Enter');
      await terminal.see('● live');
      if (how === 'Ctrl-C') await terminal.type('C-c');
      else process.kill(await terminal.child(), 'SIGTERM');
      expect(await terminal.see(/code \d/)).toContain('code 130');
      expect((await terminal.modes()).trim()).toBe('0 1');
    } finally {
      await terminal.kill();
    }
  });

  test('says how old its data is while the admin service is away, and goes on when it is back', async () => {
    const terminal = await openTerminal(80, 24);
    try {
      await terminal.type(command(), 'Enter');
      await terminal.see('● live');
      await system.kill('admin', 'SIGKILL');
      await terminal.see(/OLD DATA[\s\S]*trying again/);
      await system.restart('admin');
      await terminal.see('● live');
    } finally {
      await terminal.kill();
    }
  });
});
