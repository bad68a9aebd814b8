/**
 * A fault that whoever typed the command can mend: what failed and why in the message, what to type next in the
 * suggestions. The command layer prints both and exits with the code.
 */
export class OperatorError extends Error {
  readonly code: string;
  /** What to type or change, one sentence or command each. */
  readonly suggestions: readonly string[];
  /** Exit code of the CLI contract: 1 failed, 2 configuration, 5 a dependency is unreachable, 6 timed out. */
  readonly exit: number;

  constructor(options: {
    code: string;
    message: string;
    suggestions?: readonly string[];
    exit?: number;
    cause?: unknown;
  }) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'OperatorError';
    this.code = options.code;
    this.suggestions = options.suggestions ?? [];
    this.exit = options.exit ?? 1;
  }
}
