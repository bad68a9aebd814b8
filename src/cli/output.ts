import { createPaint, type Paint } from './style.js';

/**
 * How a command speaks. It says what it means (information, success, warning, result) and this is the one place that
 * decides whether and where it is seen:
 *
 * | intent  | text                | --quiet | --json                       |
 * |---------|---------------------|---------|------------------------------|
 * | result  | stdout              | stdout  | nothing: run()'s value is it |
 * | info    | stderr              | nothing | nothing                      |
 * | success | stderr              | nothing | nothing                      |
 * | detail  | stderr, --verbose   | nothing | nothing                      |
 * | warn    | stderr              | stderr  | stderr                       |
 */
export interface Output {
  /** What the command was run for, ready to be piped on. */
  result(text: string): void;
  /** What happens on the way, and what to do next. */
  info(text: string): void;
  success(text: string): void;
  /** For whoever looks for a fault. */
  detail(text: string): void;
  warn(text: string): void;
  readonly mode: OutputMode;
  /** Colours for text that goes to `result`. */
  readonly paint: Paint;
  /** Colours for text that goes to stderr. */
  readonly paintError: Paint;
  /** Columns of the terminal that `result` goes to; undefined when it is no terminal. */
  readonly widthColumns: number | undefined;
}

export interface OutputMode {
  json: boolean;
  quiet: boolean;
  verbose: boolean;
}

interface OutputDeps {
  mode: OutputMode;
  stdout?: NodeJS.WriteStream;
  stderr?: NodeJS.WriteStream;
  environment?: NodeJS.ProcessEnv;
}

export function createOutput({
  mode,
  stdout = process.stdout,
  stderr = process.stderr,
  environment = process.env,
}: OutputDeps): Output {
  const paint = createPaint(stdout, environment);
  const paintError = createPaint(stderr, environment);
  const talks = !mode.quiet && !mode.json;
  const say = (text: string): void => void stderr.write(`${text}\n`);
  return {
    mode,
    paint,
    paintError,
    widthColumns: stdout.isTTY && stdout.columns > 0 ? stdout.columns : undefined,
    result: (text) => {
      if (!mode.json) stdout.write(`${text}\n`);
    },
    info: (text) => {
      if (talks) say(text);
    },
    success: (text) => {
      if (talks) say(`${paintError('green', '✓')} ${text}`);
    },
    detail: (text) => {
      if (talks && mode.verbose) say(paintError('dim', text));
    },
    warn: (text) => say(`${paintError('yellow', 'Warning:')} ${text}`),
  };
}
