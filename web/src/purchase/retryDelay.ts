const FIRST_MS = 400;
const LONGEST_MS = 8_000;

/**
 * How long to wait before the next attempt: never less than the service asked for, longer after each failure, and never the
 * same for two shoppers, because those who failed together would otherwise come back together.
 *
 * @param attempt attempts that have failed so far, from 1
 */
export function retryDelay(attempt: number, retryAfterMs: number | undefined, random: () => number): number {
  const backOffMs = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
  return Math.max(retryAfterMs ?? 0, backOffMs / 2) + (random() * backOffMs) / 2;
}
