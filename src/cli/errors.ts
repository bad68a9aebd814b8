/** What the exit code of every command means; scripts and pipelines rely on it. */
export const exitCodes = {
  done: 0,
  failed: 1,
  /** Usage or configuration: correct what was typed or set. */
  usage: 2,
  /** A check ran to its end and found something (`audit`, `doctor`, `reconcile --dry-run`). */
  found: 3,
  /** Not logged in or not allowed. */
  notAllowed: 4,
  /** A dependency is unreachable. */
  unreachable: 5,
  timedOut: 6,
  /** A threshold of `fire` is not met. */
  threshold: 99,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/**
 * What the operator can mend: the message says what failed and why, `suggestions` what to type next. A suggestion is either
 * a command (`spikectl login`) or a sentence with a capital letter.
 *
 * Anything else that is thrown counts as our own fault. Code below the commands need not use this class: every Error with
 * the fields `code`, `exit` and `suggestions` is read in the same way.
 */
export class CliError extends Error {
  readonly code: string;
  readonly exit: ExitCode;
  readonly suggestions: readonly string[];

  constructor(
    code: string,
    message: string,
    { exit = exitCodes.failed, suggestions = [], cause }: CliErrorOptions = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'CliError';
    this.code = code;
    this.exit = exit;
    this.suggestions = suggestions;
  }
}

export interface CliErrorOptions {
  exit?: ExitCode;
  suggestions?: readonly string[];
  cause?: unknown;
}

/** The operator typed or set something that cannot be right; nothing was changed. */
export function usageError(message: string, ...suggestions: string[]): CliError {
  return new CliError('USAGE', message, { exit: exitCodes.usage, suggestions });
}

export function notLoggedIn(message: string, ...suggestions: string[]): CliError {
  return new CliError('NOT_LOGGED_IN', message, { exit: exitCodes.notAllowed, suggestions });
}

/** The operator said no or pressed Ctrl-C: nothing to explain, exit 130. */
export class Cancelled extends CliError {
  constructor(message = 'Cancelled.') {
    super('CANCELLED', message, { exit: exitCodes.interrupted });
    this.name = 'Cancelled';
  }
}
