import { LoggedOut, Refused, Unanswered } from '../api/failures.js';
import { retryDelay } from '../purchase/retryDelay.js';

export interface Poller {
  start(): void;
  stop(): void;
  /** Asks as soon as nothing is under way, instead of at the next turn. */
  soon(): void;
}

export interface PollerOptions {
  ask(): Promise<void>;
  /** The pause after an answer. */
  intervalMs(): number;
  /** After each turn: whether the shop has answered. */
  onTurn?(hasAnswered: boolean): void;
}

/** Pages that were opened in the same second shall not ask in the same millisecond for ever. */
const JITTER_SHARE = 0.2;

/**
 * Asks again and again while the page can be seen, one question at a time. A page that comes back to the front asks at
 * once; one whose questions fail asks less and less often.
 */
export function createPoller({ ask, intervalMs, onTurn }: PollerOptions): Poller {
  let isRunning = false;
  let isAsking = false;
  let isWanted = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  return {
    start() {
      isRunning = true;
      document.addEventListener('visibilitychange', soonIfVisible);
      soon();
    },
    stop() {
      isRunning = false;
      document.removeEventListener('visibilitychange', soonIfVisible);
      clearTimeout(timer);
    },
    soon,
  };

  function soonIfVisible(): void {
    if (!document.hidden) soon();
  }

  function soon(): void {
    if (isAsking) isWanted = true;
    else schedule(0);
  }

  function schedule(delayMs: number): void {
    clearTimeout(timer);
    if (isRunning && !document.hidden) timer = setTimeout(() => void turn(), delayMs);
  }

  async function turn(): Promise<void> {
    isAsking = true;
    isWanted = false;
    let delayMs: number;
    try {
      await ask();
      failures = 0;
      delayMs = intervalMs() * (1 + Math.random() * JITTER_SHARE);
      onTurn?.(true);
    } catch (error) {
      failures += 1;
      const retryAfterMs = error instanceof Refused ? error.retryAfterMs : undefined;
      delayMs = retryDelay(failures + 1, retryAfterMs, Math.random);
      if (error instanceof Refused || error instanceof Unanswered) onTurn?.(false);
      else if (!(error instanceof LoggedOut)) reportError(error);
    }
    isAsking = false;
    schedule(isWanted ? 0 : delayMs);
  }
}
