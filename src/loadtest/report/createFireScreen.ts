import { outcomeNames } from '../../domain/outcomeNames.js';
import { countOutcomes } from '../outcomes.js';
import type { FireScreen } from '../fireOptions.js';
import type { LiveFigures } from '../run/runWorkers.js';
import { msText } from './numbers.js';

/** Where a screen speaks; the output of every command. */
interface Speaker {
  info(text: string): void;
  warn(text: string): void;
  readonly mode: { json: boolean; quiet: boolean };
}

const CLEAR_LINE = '\r\u001B[2K';
const UP = '\u001B[1A';
const PLAIN_EVERY_MS = 1_000;
const BAR_WIDTH = 24;

/**
 * Shows a fire on stderr: on a terminal two lines that are written over, in a pipe a line a second. Nothing but warnings with
 * `--json` and `--quiet`.
 */
export function createFireScreen(
  out: Speaker,
  { begun, stderr = process.stderr }: { begun: () => void; stderr?: NodeJS.WriteStream },
): FireScreen {
  const isQuiet = out.mode.json || out.mode.quiet;
  const isTerminal = !isQuiet && stderr.isTTY && process.env.TERM !== 'dumb';
  let drawn = 0;
  let saidAtMs = 0;

  const end = () => {
    if (drawn > 0) stderr.write(CLEAR_LINE + `${UP}${CLEAR_LINE}`.repeat(drawn - 1));
    drawn = 0;
  };
  const draw = (lines: readonly string[]) => {
    end();
    const width = Math.max(20, stderr.columns || 80) - 1;
    stderr.write(lines.map((line) => line.slice(0, width)).join('\n'));
    drawn = lines.length;
  };
  return {
    say(text) {
      end();
      out.info(text);
    },
    warn(text) {
      end();
      out.warn(text);
    },
    progress(done, total, what) {
      if (isTerminal) draw([barText(done, total, what)]);
    },
    live(figures, elapsedMs) {
      if (isTerminal) return draw(liveLines(figures, elapsedMs));
      if (isQuiet || elapsedMs - saidAtMs < PLAIN_EVERY_MS) return;
      saidAtMs = elapsedMs;
      out.info(liveLines(figures, elapsedMs).join('  '));
    },
    begun,
    end,
  };
}

function liveLines({ outcomes, rps, latencyMs }: LiveFigures, elapsedMs: number): string[] {
  const kinds = outcomeNames.filter((name) => outcomes[name] > 0).map((name) => `${name} ${outcomes[name]}`);
  const latency = latencyMs === null ? '' : `  p50 ${msText(latencyMs.p50)}  p99 ${msText(latencyMs.p99)}`;
  return [
    `${(elapsedMs / 1_000).toFixed(0)} s  ${countOutcomes(outcomes)} answered  ${rps}/s${latency}`,
    kinds.length === 0 ? 'no answer yet' : kinds.join('  '),
  ];
}

function barText(done: number, total: number, what: string): string {
  const filled = Math.floor((done / Math.max(1, total)) * BAR_WIDTH);
  return `${'━'.repeat(filled)}${'─'.repeat(BAR_WIDTH - filled)} ${done} of ${total} ${what}`;
}
