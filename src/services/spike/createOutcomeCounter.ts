import type { Outcomes } from '../../domain/wire.js';
import type { Log } from '../../http/createLog.js';
import type { RedisStore } from '../../stores/redis/connectRedis.js';
import { addOutcomes } from '../../stores/redis/outcomes.js';

/** Counting in the process and adding up in Redis once in this time keeps the counters off the purchase path. */
const FLUSH_INTERVAL_MS = 500;

export interface OutcomeCounter {
  count(eventId: string, name: keyof Outcomes): void;
  /** Brings what has been counted to Redis; what Redis does not take is kept for the next time. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

export function createOutcomeCounter({ redis, log }: { redis: RedisStore; log: Log }): OutcomeCounter {
  let counts = new Map<string, Partial<Outcomes>>();

  const flush = async () => {
    const flushing = counts;
    counts = new Map();
    for (const [eventId, added] of flushing) {
      try {
        await addOutcomes(redis, eventId, added);
      } catch (error) {
        log.debug({ err: error }, 'outcomes are kept until Redis answers');
        for (const [name, count] of Object.entries(added)) add(eventId, name as keyof Outcomes, count);
      }
    }
  };
  const add = (eventId: string, name: keyof Outcomes, count: number) => {
    let ofEvent = counts.get(eventId);
    if (ofEvent === undefined) counts.set(eventId, (ofEvent = {}));
    ofEvent[name] = (ofEvent[name] ?? 0) + count;
  };
  const timer = setInterval(() => void flush(), FLUSH_INTERVAL_MS);
  timer.unref();

  return {
    count: (eventId, name) => add(eventId, name, 1),
    flush,
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}
