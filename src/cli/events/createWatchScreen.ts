import type { StaffEventView } from '../../domain/wire.js';
import type { Output } from '../output.js';
import type { Paint } from '../style.js';
import { rateText, sumOf } from './funnelText.js';

export interface WatchScreen {
  show(event: StaffEventView): void;
  say(text: string): void;
  /** Leaves the terminal on a line of its own. */
  end(): void;
}

const CLEAR_LINE = '\r\u001B[2K';

/**
 * Shows a watched event: on a terminal as one line that is written over, and a new one when the state changes; elsewhere a line
 * whenever something has changed.
 */
export function createWatchScreen(out: Output, stdout: NodeJS.WriteStream = process.stdout): WatchScreen {
  const isTerminal = !out.mode.json && stdout.isTTY && process.env.TERM !== 'dumb';
  let state: string | undefined;
  let shown = '';
  let isLineOpen = false;

  const end = () => {
    if (isLineOpen) stdout.write('\n');
    isLineOpen = false;
  };
  return {
    show(event) {
      const facts = watchText(event, isTerminal ? out.paint : (_style, text) => text);
      if (isTerminal) {
        if (state !== event.state) end();
        stdout.write(`${CLEAR_LINE}${timeOfDay()}  ${facts}`);
        isLineOpen = true;
      } else if (facts !== shown) {
        out.result(`${timeOfDay()}  ${facts}`);
      }
      state = event.state;
      shown = facts;
    },
    say(text) {
      end();
      if (!out.mode.json) out.warn(text);
    },
    end,
  };
}

/** `open  63 of 100 available  2 pending  35 sold  12/s accepted  80/s refused` */
function watchText({ state, quantity, available, pending, sold, rates }: StaffEventView, paint: Paint): string {
  const recent = rates?.[0]?.perSecond;
  const facts = [
    paint('bold', state.padEnd('scheduled'.length)),
    `${available ?? 'unknown'} of ${quantity} available`,
    `${pending ?? 'unknown'} pending`,
    `${sold} sold`,
  ];
  if (recent === undefined) return facts.join('  ');
  const accepted = recent.accepted + recent.pending;
  return [
    ...facts,
    `${rateText(accepted)}/s accepted`,
    `${rateText(Math.max(0, sumOf(recent) - accepted))}/s refused`,
  ].join('  ');
}

function timeOfDay(): string {
  return `${new Date().toISOString().slice(11, 19)}Z`;
}
