import type { Log } from '../../http/createLog.js';
import { unavailableStore } from '../../http/toRefusal.js';

export interface Loop {
  /** Waits for the round that is under way. */
  stop(): Promise<void>;
}

/**
 * Does the work over and over, with a pause after each round, never twice at once. A round that fails because a store is away
 * is tried again at the next; so is every other one, but louder.
 */
export function runEvery(name: string, pauseMs: number, log: Log, work: () => Promise<void>): Loop {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let round = Promise.resolve();

  const turn = async () => {
    try {
      await work();
    } catch (error) {
      const store = unavailableStore(error);
      if (store === undefined) log.error({ err: error, loop: name }, 'a round failed');
      else log.debug({ store, loop: name }, 'a round waits for a store');
    }
    if (!isStopped) schedule();
  };
  const schedule = () => {
    timer = setTimeout(() => {
      round = turn();
    }, pauseMs);
  };
  schedule();

  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await round;
    },
  };
}
