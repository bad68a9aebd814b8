import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { CTRL_U, openTerminal, TAB, type Terminal } from '../helpers/terminal.js';

jest.setTimeout(240_000);

const BINARY = fileURLToPath(new URL('../../bin/spikectl.js', import.meta.url));
const ZSH = ['/usr/bin/zsh', '/bin/zsh'].find((file) => existsSync(file));
const STATES = ['pending', 'ordered', 'paid', 'cancelled', 'expired', 'refunded'];

let folder: string;
let env: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'spike-completion-'));
  const bin = path.join(folder, 'bin');
  await mkdir(bin);
  await writeFile(path.join(bin, 'spikectl'), `#!/bin/sh\nexec '${process.execPath}' '${BINARY}' "$@"\n`);
  await chmod(path.join(bin, 'spikectl'), 0o755);
  await mkdir(path.join(folder, 'config'), { mode: 0o700 });
  const contexts = { current: 'shop', contexts: { shop: { url: 'http://127.0.0.1:9' }, spare: { url: 'http://h' } } };
  await writeFile(path.join(folder, 'config', 'contexts.json'), JSON.stringify(contexts), { mode: 0o600 });
  await writeFile(path.join(folder, 'rule of mine.json'), '[]');
  env = {
    PATH: `${bin}:${process.env.PATH ?? ''}`,
    HOME: folder,
    SPIKE_CONFIG_DIR: path.join(folder, 'config'),
    LANG: 'C.UTF-8',
  };
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('bash', () => {
  /** The words that a real bash would offer behind these. */
  async function offered(...words: string[]): Promise<string[]> {
    const script = [
      'eval "$(spikectl completion bash)"',
      'COMP_WORDS=(spikectl "$@"); COMP_CWORD=$#',
      '_spikectl spikectl',
      'printf "%s\\n" "${COMPREPLY[@]}"',
    ].join('\n');
    const run = promisify(execFile);
    const { stdout } = await run('bash', ['--norc', '-c', script, 'bash', ...words], { env, cwd: folder });
    return stdout.split('\n').filter(Boolean);
  }

  test.each([
    [['ev'], ['event']],
    [['order', 'list', '--state', ''], STATES],
    [
      ['order', 'list', '--state', '=', 'p'],
      ['pending', 'paid'],
    ],
    [['order', 'list', '--st'], ['--state']],
    [
      ['completion', ''],
      ['bash', 'zsh'],
    ],
    [
      ['context', 'use', 's'],
      ['shop', 'spare'],
    ],
    [['daemon', 'logs', 'o'], ['order']],
    [['event', 'create', '--rule', 'rule'], ['rule of mine.json']],
    // The deployment of the context is away: no ids, and no word about it.
    [['event', 'show', ''], []],
    [['no', 'such', 'command', ''], []],
  ])('offers behind %j what can come', async (words, expected) => {
    expect(await offered(...words)).toEqual(expected);
  });

  test('offers every command of a topic', async () => {
    expect(await offered('event', '')).toEqual(expect.arrayContaining(['create', 'list', 'show', 'pause', 'resume']));
    expect(await offered('')).toEqual(expect.arrayContaining(['audit', 'event', 'order', 'up', 'doctor']));
  });

  test('completes what a person types', async () => {
    const terminal = openTerminal('bash --norc -i', { env: { ...env, PS1: 'ready> ' }, cwd: folder });
    await typeInto(terminal, 'eval "$(spikectl completion bash)"');
  });
});

(ZSH === undefined ? describe.skip : describe)('zsh', () => {
  test('completes what a person types', async () => {
    const terminal = openTerminal(`${ZSH} -f -i`, { env: { ...env, PS1: 'ready> ' }, cwd: folder });
    await typeInto(terminal, 'autoload -U compinit; compinit -u -D; eval "$(spikectl completion zsh)"');
  });
});

async function typeInto(terminal: Terminal, install: string): Promise<void> {
  try {
    await terminal.until('ready> ');
    terminal.type(`${install}; echo in''stalled\n`);
    await terminal.until('installed');
    await terminal.until('ready> ');
    for (const [typed, completed] of [
      ['spikectl ev', 'ent'],
      ['spikectl event li', 'st'],
      ['spikectl order list --state pai', 'd'],
      ['spikectl order list --state=can', 'celled'],
    ] as const) {
      terminal.type(typed);
      await terminal.until(typed.slice(-3));
      terminal.type(TAB);
      await terminal.until(completed);
      // Not Ctrl-C: a signal that comes while bash draws the completed line can cost it the next prompt.
      terminal.type(`${CTRL_U}\n`);
      await terminal.until('ready> ');
    }
  } finally {
    terminal.close();
  }
}

test('what is printed is the script and nothing else', async () => {
  const run = promisify(execFile);
  const { stdout, stderr } = await run('spikectl', ['completion', 'zsh'], { env });
  expect(stdout).toMatch(/^#compdef spikectl\n/);
  expect(stderr).toBe('');
});
