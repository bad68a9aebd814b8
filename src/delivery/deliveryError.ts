/** What whoever delivers can mend; read by the command layer, which prints the suggestions and exits with the code. */
export class DeliveryError extends Error {
  readonly code: string;
  /** What to type or change, one sentence or command each. */
  readonly suggestions: readonly string[];
  /** Exit code of the CLI contract: 1 failed, 2 usage, 4 not allowed, 5 a dependency is unreachable, 6 timed out. */
  readonly exit: number;

  constructor(code: string, message: string, { exit = 1, suggestions = [], cause }: DeliveryErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'DeliveryError';
    this.code = code;
    this.suggestions = suggestions;
    this.exit = exit;
  }
}

interface DeliveryErrorOptions {
  exit?: number;
  suggestions?: readonly string[];
  cause?: unknown;
}

const EXIT_USAGE = 2;

/** What was typed cannot be delivered; nothing was changed. */
export function badDelivery(message: string, ...suggestions: string[]): DeliveryError {
  return new DeliveryError('USAGE', message, { exit: EXIT_USAGE, suggestions });
}
