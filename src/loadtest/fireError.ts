/** What whoever fires can mend; read by the command layer, which prints the suggestions and exits with the code. */
export class FireError extends Error {
  readonly code: string;
  readonly suggestions: readonly string[];
  readonly exit: number;

  constructor(code: string, message: string, { exit = 1, suggestions = [] }: FireErrorOptions = {}) {
    super(message);
    this.name = 'FireError';
    this.code = code;
    this.suggestions = suggestions;
    this.exit = exit;
  }
}

interface FireErrorOptions {
  exit?: number;
  suggestions?: readonly string[];
}

const EXIT_USAGE = 2;

/** What was typed cannot be fired; nothing was sent. */
export function badFire(message: string, ...suggestions: string[]): FireError {
  return new FireError('USAGE', message, { exit: EXIT_USAGE, suggestions });
}
