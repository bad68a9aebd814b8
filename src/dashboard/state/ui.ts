import { eventLimitNames, limitBounds } from '../../domain/limits.js';
import type { EventLimits } from '../../domain/saleEvent.js';
import type { LiveEventView } from '../../domain/wire/live.js';
import type { Operation } from './operations.js';

/** What the operator has done with the screen; what the system does is in the frames. */
export interface UiState {
  screen: 'overview' | 'detail';
  /** Undefined: the first event. */
  selectedId: string | undefined;
  isHelpOpen: boolean;
  dialog: Dialog | undefined;
  /** What is said about the last key, until the next one. */
  notice: string | undefined;
}

/** `restock` and `limit` ask what is wanted, `confirm` whether it is; then it runs, and `done` says what came of it. */
export type Dialog =
  | { step: 'restock'; text: string; problem: string | undefined }
  | { step: 'chooseLimit'; index: number }
  | { step: 'limit'; name: keyof EventLimits; text: string; problem: string | undefined }
  | { step: 'confirm'; operation: Operation }
  | { step: 'running'; operation: Operation }
  | { step: 'done'; operation: Operation; ok: boolean; text: string };

/** A key as the terminal gave it. */
export interface Key {
  /** One character, or several that came at once: typed fast, or pasted. Empty for a named key. */
  input: string;
  name?: 'up' | 'down' | 'enter' | 'escape' | 'backspace' | undefined;
}

/** What the keys may depend on. */
export interface KeyContext {
  events: readonly LiveEventView[];
  deadLetters: number | null;
  /** Why nothing may be changed from here; undefined when it may. */
  refusal: string | undefined;
  /** Frames come. */
  isLive: boolean;
}

/** What a key leads to, beside another state. */
type Effect = { kind: 'quit' } | { kind: 'run'; operation: Operation };

export interface Pressed {
  ui: UiState;
  effect?: Effect;
}

/** The digits that a number of units or a limit can have. */
const TEXT_LENGTH_MAX = 12;

/** What a key does. Pure: it tells what to run, and runs nothing. */
export function pressKey(before: UiState, key: Key, context: KeyContext): Pressed {
  const ui: UiState = { ...before, notice: undefined };
  if (ui.dialog !== undefined) return pressInDialog(ui, ui.dialog, key, context);
  if (ui.isHelpOpen) return { ui: { ...ui, isHelpOpen: false } };
  switch (key.name ?? key.input) {
    case 'q':
      return { ui, effect: { kind: 'quit' } };
    case '?':
      return { ui: { ...ui, isHelpOpen: true } };
    case 'up':
    case 'k':
      return { ui: move(ui, context, -1) };
    case 'down':
    case 'j':
      return { ui: move(ui, context, 1) };
    case 'enter':
      return { ui: { ...ui, screen: selected(ui, context) === undefined ? ui.screen : 'detail' } };
    case 'escape':
      return { ui: { ...ui, screen: 'overview' } };
    case 'p':
    case 'r':
    case 's':
    case 'l':
    case 'd':
      return { ui: begin(ui, key.input as 'p' | 'r' | 's' | 'l' | 'd', context) };
    default:
      return { ui };
  }
}

function move(ui: UiState, { events }: KeyContext, by: 1 | -1): UiState {
  const index = Math.max(
    0,
    events.findIndex(({ id }) => id === ui.selectedId),
  );
  const next = events[Math.min(Math.max(0, index + by), events.length - 1)];
  return { ...ui, selectedId: next?.id };
}

function selected(ui: UiState, { events }: KeyContext): LiveEventView | undefined {
  return events.find(({ id }) => id === ui.selectedId) ?? events[0];
}

/** Begins what a key asks for, or says why not. */
function begin(ui: UiState, key: 'p' | 'r' | 's' | 'l' | 'd', context: KeyContext): UiState {
  const refuse = (notice: string): UiState => ({ ...ui, notice });
  if (context.refusal !== undefined) return refuse(context.refusal);
  if (!context.isLive) return refuse('Not while the data is old: nobody knows what would be changed.');
  if (key === 'd') {
    if (context.deadLetters === null)
      return refuse('Nobody knows whether there are dead letters: RabbitMQ does not answer.');
    if (context.deadLetters === 0) return refuse('There is no dead letter.');
    return { ...ui, dialog: { step: 'confirm', operation: { kind: 'replay', letters: context.deadLetters } } };
  }
  const event = selected(ui, context);
  if (event === undefined) return refuse('There is no event.');
  // From here on it is this one, whatever order the next frame brings.
  const held = { ...ui, selectedId: event.id };
  const { id: eventId, title, state } = event;
  const isOver = state === 'ended' || state === 'closed';
  switch (key) {
    case 'p':
      if (isOver) return refuse(`Event ${eventId} is ${state}: there is nothing to pause.`);
      if (state === 'paused') return refuse(`Event ${eventId} is paused already.`);
      return { ...held, dialog: { step: 'confirm', operation: { kind: 'pause', eventId, title } } };
    case 'r':
      if (state !== 'paused') return refuse(`Event ${eventId} is ${state}, not paused.`);
      return { ...held, dialog: { step: 'confirm', operation: { kind: 'resume', eventId, title } } };
    case 's':
      if (state === 'closed') return refuse(`Event ${eventId} is closed: its units stay as they are.`);
      return { ...held, dialog: { step: 'restock', text: '', problem: undefined } };
    case 'l':
      return { ...held, dialog: { step: 'chooseLimit', index: 0 } };
  }
}

function pressInDialog(ui: UiState, dialog: Dialog, key: Key, context: KeyContext): Pressed {
  const show = (next: Dialog | undefined): Pressed => ({ ui: { ...ui, dialog: next } });
  if (key.name === 'escape' && dialog.step !== 'running') return show(undefined);
  switch (dialog.step) {
    case 'running':
      return { ui };
    case 'done':
      return show(undefined);
    case 'confirm':
      if (key.input === 'y')
        return {
          ui: { ...ui, dialog: { step: 'running', operation: dialog.operation } },
          effect: { kind: 'run', operation: dialog.operation },
        };
      return key.input === 'n' || key.input === 'q' ? show(undefined) : { ui };
    case 'chooseLimit':
      return show(chooseLimit(dialog, key));
    case 'restock':
    case 'limit': {
      const event = selected(ui, context);
      const edited = { ...dialog, text: edit(dialog.text, key), problem: undefined };
      const isEnter = key.name === 'enter' || /[\r\n]/.test(key.input);
      return show(isEnter && event !== undefined ? accept(edited, event) : edited);
    }
  }
}

function chooseLimit(dialog: Extract<Dialog, { step: 'chooseLimit' }>, { input, name }: Key): Dialog {
  const last = eventLimitNames.length - 1;
  const digit = Number(input);
  if (Number.isInteger(digit) && digit >= 1 && digit <= eventLimitNames.length) return askLimit(digit - 1);
  if (name === 'enter') return askLimit(dialog.index);
  if (name === 'up' || input === 'k') return { ...dialog, index: Math.max(0, dialog.index - 1) };
  if (name === 'down' || input === 'j') return { ...dialog, index: Math.min(last, dialog.index + 1) };
  return dialog;
}

function askLimit(index: number): Dialog {
  return { step: 'limit', name: eventLimitNames[index]!, text: '', problem: undefined };
}

function edit(text: string, { input, name }: Key): string {
  if (name === 'backspace') return text.slice(0, -1);
  return `${text}${input.replaceAll(/[^\d+.-]/g, '')}`.slice(0, TEXT_LENGTH_MAX);
}

/** Reads what was typed: a question whether it is wanted, or why it cannot be. */
function accept(dialog: Extract<Dialog, { step: 'restock' | 'limit' }>, event: LiveEventView): Dialog {
  return dialog.step === 'restock' ? acceptRestock(dialog, event) : acceptLimit(dialog, event);
}

function acceptRestock(dialog: Extract<Dialog, { step: 'restock' }>, event: LiveEventView): Dialog {
  const { id: eventId, title, quantity: before, available } = event;
  if (!/^[+-]?\d+$/.test(dialog.text))
    return { ...dialog, problem: 'Type +50 (more), -20 (fewer) or 500 (so many in all).' };
  const isChange = /^[+-]/.test(dialog.text);
  const after = isChange ? before + Number(dialog.text) : Number(dialog.text);
  if (after === before) return { ...dialog, problem: `There are ${before} units already.` };
  if (available !== null && before - after > available)
    return { ...dialog, problem: `Only ${available} of ${before} units are free.` };
  return { step: 'confirm', operation: { kind: 'restock', eventId, title, before, after } };
}

function acceptLimit(
  dialog: Extract<Dialog, { step: 'limit' }>,
  { id: eventId, title, limits }: LiveEventView,
): Dialog {
  const { name, text } = dialog;
  const { min, max, isInteger } = limitBounds[name];
  const [before, after] = [limits[name], text === '' ? Number.NaN : Number(text)];
  const isValid = after >= min && after <= max && (!isInteger || Number.isInteger(after));
  if (!isValid)
    return { ...dialog, problem: `Type ${isInteger ? 'a whole number' : 'a number'} from ${min} to ${max}.` };
  if (after === before) return { ...dialog, problem: `It is ${before} already.` };
  return { step: 'confirm', operation: { kind: 'limit', eventId, title, name, before, after } };
}
