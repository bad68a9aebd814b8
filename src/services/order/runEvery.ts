import type { Log } from '../../http/createLog.js';
import { unavailableStore } from '../../http/toRefusal.js';

export interface Loop {
  /** Waits for the round that is under way. */
  stop(): Promise<void>;
}

/**
 * Does the work over and over, with a pause after each round, never twice at once. A round that fails because a store is away
 * is tried again at the next; so is every other one, but louder.
 *
 * @param work is given a signal that says when to leave a long wait
 */
export function runEvery(name: string, pauseMs: number, log: Log, work: (signal: AbortSignal) => Promise<void>): Loop {
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let round = Promise.resolve();

  const turn = async () => {
    try {
      await work(stopping.signal);
    } catch (error) {
      if (stopping.signal.aborted) return;
      const store = unavailableStore(error);
      if (store === undefined) log.error({ err: error, loop: name }, 'a round failed');
      else log.debug({ store, loop: name }, 'a round waits for a store');
    }
    if (!stopping.signal.aborted) schedule();
  };
  const schedule = () => {
    timer = setTimeout(() => {
      round = turn();
    }, pauseMs);
  };
  schedule();

  return {
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await round;
    },
  };
}
