import { describe, expect, test } from '@jest/globals';
import { sampleEvent } from './sampleView.js';
import { commandLine, question } from './operations.js';
import { pressKey, type Key, type KeyContext, type Pressed, type UiState } from './ui.js';

const start: UiState = {
  screen: 'overview',
  selectedId: undefined,
  isHelpOpen: false,
  dialog: undefined,
  notice: undefined,
};

function context(changes: Partial<KeyContext> = {}): KeyContext {
  const events = [sampleEvent(), sampleEvent({ id: '4', state: 'paused' }), sampleEvent({ id: '5', state: 'closed' })];
  return { events, deadLetters: 2, refusal: undefined, isLive: true, ...changes };
}

const named: Readonly<Record<string, Key>> = Object.fromEntries(
  (['up', 'down', 'enter', 'escape', 'backspace'] as const).map((name) => [`<${name}>`, { input: '', name }]),
);

/** Types keys as a person does: `s +50 <enter> y`. */
function type(keys: string, given = context(), ui = start): Pressed {
  return keys
    .split(' ')
    .map((text) => named[text] ?? { input: text })
    .reduce<Pressed>((pressed, key) => pressKey(pressed.ui, key, given), { ui });
}

describe('keys', () => {
  test.each<[keys: string, expected: Partial<UiState>]>([
    ['j', { selectedId: '4' }],
    ['<down>', { selectedId: '4' }],
    ['j j j j', { selectedId: '5' }],
    ['j j k', { selectedId: '4' }],
    ['<up>', { selectedId: '3' }],
    ['<enter>', { screen: 'detail' }],
    ['j <enter> <escape>', { screen: 'overview', selectedId: '4' }],
    ['?', { isHelpOpen: true }],
    ['? p', { isHelpOpen: false, dialog: undefined }],
    ['s <escape>', { dialog: undefined }],
    ['p n', { dialog: undefined }],
    ['x', start],
  ])('%s', (keys, expected) => {
    expect(type(keys).ui).toMatchObject(expected);
  });

  test('q leaves, but not out of a question', () => {
    expect(type('q').effect).toEqual({ kind: 'quit' });
    expect(type('p q')).toEqual({ ui: { ...start, selectedId: '3' } });
  });

  test('without an event there is nothing to open and nothing to change', () => {
    const nothing = context({ events: [] });
    expect(type('<enter>', nothing).ui.screen).toBe('overview');
    expect(type('j', nothing).ui.selectedId).toBeUndefined();
    expect(type('p', nothing).ui).toMatchObject({ dialog: undefined, notice: 'There is no event.' });
  });
});

describe('what changes something', () => {
  test.each<[keys: string, command: string]>([
    ['p', 'spikectl event pause 3'],
    ['j r', 'spikectl event resume 4'],
    ['s +50 <enter>', 'spikectl event restock 3 --to 5050'],
    ['s - 2 0 <enter>', 'spikectl event restock 3 --to 4980'],
    ['s 9 <backspace> 6000 <enter>', 'spikectl event restock 3 --to 6000'],
    ['s +50\r', 'spikectl event restock 3 --to 5050'],
    ['l <enter> 2 . 5 <enter>', 'spikectl limit set 3 --user-rate 2.5'],
    ['l 2 7 <enter>', 'spikectl limit set 3 --user-burst 7'],
    ['l j j j <enter> 500 <enter>', 'spikectl limit set 3 --max-in-flight 500'],
    ['d', 'spikectl queue replay'],
  ])('%s asks first, and runs what the command %s does only after y', (keys, command) => {
    const asked = type(keys);
    expect(asked.effect).toBeUndefined();
    expect(asked.ui.dialog?.step).toBe('confirm');
    const { operation } = asked.ui.dialog as { operation: Parameters<typeof question>[0] };
    expect(commandLine(operation)).toBe(command);
    expect(question(operation)).toMatch(/\?/);
    for (const other of ['<enter>', 'x', 'yes', 'Y']) expect(type(`${keys} ${other}`).effect).toBeUndefined();
    const done = type(`${keys} y`);
    expect(done.effect).toEqual({ kind: 'run', operation });
    expect(type('y', context(), done.ui).effect).toBeUndefined();
  });

  test.each([
    ['s <enter>', /\+50/],
    ['s 5000 <enter>', /already/],
    ['s -4000 <enter>', /Only 3790 of 5000 units are free/],
    ['l 1 <enter>', /a number from/],
    ['l 2 2.5 <enter>', /a whole number from/],
    ['l 2 0 <enter>', /from 1 to/],
    ['l 2 40 <enter>', /already/],
  ])('%s is refused with what can be typed', (keys, problem) => {
    expect(type(keys).ui.dialog).toMatchObject({ problem: expect.stringMatching(problem) });
  });

  test.each([
    ['j p', /paused already/],
    ['j j p', /closed: there is nothing to pause/],
    ['r', /open, not paused/],
    ['j j s', /closed/],
  ])('%s: not in this state', (keys, notice) => {
    expect(type(keys).ui).toMatchObject({ dialog: undefined, notice: expect.stringMatching(notice) });
  });

  test.each(['p', 'r', 's', 'l', 'd'])('%s is refused for who may only look, and while the data is old', (key) => {
    const refusal = 'You are a viewer: changing anything takes an operator.';
    expect(type(key, context({ refusal })).ui).toEqual({ ...start, notice: refusal });
    expect(type(key, context({ isLive: false })).ui).toMatchObject({
      dialog: undefined,
      notice: expect.stringMatching(/old/),
    });
  });

  test('without dead letters, or while nobody knows, nothing is replayed', () => {
    expect(type('d', context({ deadLetters: 0 })).ui.notice).toMatch(/no dead letter/);
    expect(type('d', context({ deadLetters: null })).ui.notice).toMatch(/RabbitMQ/);
  });

  test('text that was pasted over the screen starts nothing', () => {
    expect(pressKey(start, { input: 'p\ny' }, context())).toEqual({ ui: start });
  });

  test('a question stays with its event, whatever order the next frame brings', () => {
    const asked = type('s');
    const turned = context({ events: [...context().events].reverse() });
    const { dialog } = type('+1 <enter>', turned, asked.ui).ui;
    expect(dialog).toMatchObject({ step: 'confirm', operation: { eventId: '3' } });
  });

  test('while it runs no key does anything, and what came of it goes with any key', () => {
    const running = type('p y').ui;
    expect(type('<escape>', context(), running).ui).toEqual(running);
    const { operation } = running.dialog as { operation: Parameters<typeof question>[0] };
    const done: UiState = { ...running, dialog: { step: 'done', operation, ok: true, text: 'Done.' } };
    expect(type('x', context(), done).ui.dialog).toBeUndefined();
  });
});
