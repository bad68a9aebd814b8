import type { StaffEventView } from '../../domain/wire.js';
import type { Output } from '../output.js';
import { rateText, sumOf } from './funnelText.js';

export interface WatchScreen {
  show(event: StaffEventView): void;
  say(text: string): void;
  /** Leaves the terminal on a line of its own. */
  end(): void;
}

const GAP = '  ';
/** Of a terminal that does not say how wide it is. */
const WIDTH_COLUMNS = 80;
/** Of the longest state, `scheduled`. */
const STATE_WIDTH = 9;
const CLEAR_LINE = '\r\u001B[2K';

/**
 * Shows a watched event: on a terminal as one line that is written over, and a new one when the state changes; elsewhere a line
 * whenever state or stock have changed.
 */
export function createWatchScreen(
  out: Output,
  stdout: NodeJS.WriteStream = process.stdout,
  environment: NodeJS.ProcessEnv = process.env,
): WatchScreen {
  const isTerminal = !out.mode.json && stdout.isTTY && environment.TERM !== 'dumb';
  let state: string | undefined;
  let shown = '';
  let isLineOpen = false;

  const end = () => {
    if (isLineOpen) stdout.write('\n');
    isLineOpen = false;
  };
  return {
    show(event) {
      const stock = stockParts(event);
      const parts = [timeOfDay(), ...stock, ...rateParts(event)];
      if (isTerminal) {
        if (state !== event.state) end();
        stdout.write(
          `${CLEAR_LINE}${fit(parts, out.widthColumns ?? WIDTH_COLUMNS).replace(event.state, out.paint('bold', event.state))}`,
        );
        isLineOpen = true;
      } else if (stock.join() !== shown) {
        out.result(parts.join(GAP));
      }
      state = event.state;
      shown = stock.join();
    },
    say(text) {
      end();
      if (!out.mode.json) out.warn(text);
    },
    end,
  };
}

/** `open`, `63 of 100 available`, `2 pending`, `35 sold` */
function stockParts({ state, quantity, available, pending, sold }: StaffEventView): string[] {
  return [
    state.padEnd(STATE_WIDTH),
    `${available ?? 'unknown'} of ${quantity} available`,
    `${pending ?? 'unknown'} pending`,
    `${sold} sold`,
  ];
}

/** `12/s accepted`, `80/s refused` */
function rateParts({ rates }: StaffEventView): string[] {
  const recent = rates?.[0]?.perSecond;
  if (recent === undefined) return [];
  const accepted = recent.accepted + recent.pending;
  return [`${rateText(accepted)}/s accepted`, `${rateText(Math.max(0, sumOf(recent) - accepted))}/s refused`];
}

/** As many parts as the line holds: one that wraps cannot be written over. */
function fit(parts: readonly string[], columns: number): string {
  const fitting = parts.findLastIndex((_part, index) => parts.slice(0, index + 1).join(GAP).length < columns);
  return parts.slice(0, Math.max(1, fitting + 1)).join(GAP);
}

function timeOfDay(): string {
  return `${new Date().toISOString().slice(11, 19)}Z`;
}
