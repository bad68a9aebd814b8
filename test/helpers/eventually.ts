import { setTimeout as sleep } from 'node:timers/promises';

const DEADLINE_MS = 30_000;
const POLL_MS = 30;

/**
 * Asks again and again until the answer is as wanted. The deadline is for a system that is broken, not a measurement.
 *
 * @throws Error with the last answer
 */
export async function eventually<T>(
  ask: () => Promise<T>,
  isWanted: (answer: T) => boolean,
  withinMs = DEADLINE_MS,
): Promise<T> {
  const deadlineMs = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) return answer;
    if (performance.now() > deadlineMs) throw new Error(`It never came to be. The last: ${JSON.stringify(answer)}`);
    await sleep(POLL_MS);
  }
}
