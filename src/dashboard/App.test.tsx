import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { render, type Instance } from 'ink';
import { App } from './App.js';
import { createDashboard, type Dashboard, type DashboardOptions } from './createDashboard.js';
import type { Operation } from './state/operations.js';
import { sampleEvent, sampleFrame } from './state/sampleView.js';

/** As much of a terminal as Ink asks for. */
class FakeTerminal extends EventEmitter {
  isTTY = true;
  columns = 80;
  rows = 24;
  last = '';
  typed: string | null = null;
  write = (text: string) => {
    if (text.trim() !== '') this.last = text;
    return true;
  };
  read = () => {
    const { typed } = this;
    this.typed = null;
    return typed;
  };
  setEncoding = () => this;
  setRawMode = () => this;
  resume = () => this;
  pause = () => this;
  ref = () => this;
  unref = () => this;

  type(text: string) {
    this.typed = text;
    this.emit('readable');
  }

  resize(columns: number, rows: number) {
    Object.assign(this, { columns, rows });
    this.emit('resize');
  }

  lines() {
    return this.last.split('\n');
  }
}

let terminal: FakeTerminal;
let instance: Instance;
let dashboard: Dashboard;
let ran: Operation[];
let ended: string[];
let failure: Error | undefined;

beforeEach(() => open({}));
afterEach(() => instance.unmount());

function open(options: Partial<DashboardOptions>) {
  ran = [];
  ended = [];
  failure = undefined;
  terminal = new FakeTerminal();
  dashboard = createDashboard({
    deployment: 'staging',
    who: { username: 'olga', role: 'operator' },
    isReadonly: false,
    commandSuffix: '',
    eventId: undefined,
    run: async (operation) => {
      ran.push(operation);
      if (failure !== undefined) throw failure;
      return { text: 'It is done.', event: sampleEvent({ state: 'paused' }) };
    },
    describe: (error) => (error as Error).message,
    quit: () => ended.push('quit'),
    interrupt: () => ended.push('interrupt'),
    ...options,
  });
  const streams = { stdin: terminal, stdout: terminal, stderr: terminal } as unknown as Parameters<typeof render>[1];
  instance = render(<App dashboard={dashboard} />, {
    ...streams,
    debug: true,
    exitOnCtrlC: false,
    patchConsole: false,
  });
  dashboard.receive({ kind: 'frame', frame: sampleFrame(), receivedAtMs: performance.now() });
}

/** Until what was typed has been drawn. */
async function drawn(text: string, lines?: number): Promise<void> {
  const deadlineMs = performance.now() + 10_000;
  while (!terminal.last.includes(text) || (lines !== undefined && terminal.lines().length !== lines)) {
    if (performance.now() > deadlineMs) throw new Error(`'${text}' was never drawn:\n${terminal.last}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('the dashboard', () => {
  test('draws what comes, one line less than the terminal has', async () => {
    await drawn('Lamp of', 23);
  });

  test('follows the size of the terminal, smaller and larger', async () => {
    await drawn('Answers: event 3');
    terminal.resize(160, 50);
    await drawn('Answers a second', 49);
    terminal.resize(70, 20);
    await drawn('s restock', 19);
    terminal.resize(40, 10);
    await drawn('is too small');
    terminal.resize(80, 24);
    await drawn('Answers: event 3');
  });

  test('a change is asked for, shown as a command, run, told, and seen before the next frame', async () => {
    terminal.type('p');
    await drawn('spikectl event pause 3');
    expect(ran).toEqual([]);
    terminal.type('y');
    await drawn('✓ It is done.');
    expect(ran).toEqual([{ kind: 'pause', eventId: '3', title: 'Lamp of the year' }]);
    terminal.type('x');
    await drawn('paused');
    terminal.type('r');
    await drawn('spikectl event resume 3');
  });

  test('what failed says why, and the screen goes on', async () => {
    failure = new Error('Event 3 is closed.');
    terminal.type('p');
    await drawn('y do it');
    terminal.type('y');
    await drawn('✗ Event 3 is closed.');
    terminal.type('x');
    await drawn('Answers: event 3');
  });

  test.each([
    ['a viewer', { who: { username: 'vera', role: 'viewer' as const } }, 'takes an operator'],
    ['a screen on a wall', { isReadonly: true }, 'read only (--readonly)'],
  ])('%s changes nothing', async (_who, options, says) => {
    instance.unmount();
    open(options);
    for (const key of ['p', 'r', 's', 'l', 'd']) {
      terminal.type(key);
      await drawn(says);
      terminal.type('j');
      await drawn('p pause');
    }
    expect(ran).toEqual([]);
  });

  test('says that the stream is away, lets nothing be changed, and goes on with the next frame', async () => {
    dashboard.receive({ kind: 'away', reason: 'the admin service stops', sinceMs: performance.now() });
    await drawn('OLD DATA');
    await drawn('old, of 10:00:00Z; trying again: the admin');
    terminal.type('p');
    await drawn('Not while the data is old');
    dashboard.receive({ kind: 'frame', frame: sampleFrame(), receivedAtMs: performance.now() });
    await drawn('● live');
  });

  test('Enter opens an event and Escape goes back', async () => {
    await drawn('Lamp of');
    terminal.type('\r');
    await drawn('Answers to purchases');
    terminal.type('\u001B');
    await drawn('Answers: event 3');
  });

  test('arrows and held keys move', async () => {
    await drawn('Lamp of');
    terminal.type('\u001B[B');
    await drawn('Answers: event 4');
    terminal.type('kk');
    await drawn('Answers: event 3');
  });

  test('q leaves, and Ctrl-C interrupts', async () => {
    await drawn('Lamp of');
    terminal.type('q');
    terminal.type('\u0003');
    await drawn('');
    expect(ended).toEqual(['quit', 'interrupt']);
  });
});
