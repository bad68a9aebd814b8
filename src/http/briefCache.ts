import { LRUCache } from 'lru-cache';

/** Things remembered at once; far more than a screen of events, far less than a process's memory. */
const ENTRIES_MAX = 1_000;

export interface BriefCache<T> {
  /** What is remembered under the key, or what `load` makes; many who ask at once share one load. Failures are not kept. */
  get(key: string, load: () => Promise<T>): Promise<T>;
}

/**
 * Remembers what everybody asks for at the same time, for a moment: while a sale opens, thousands of shoppers look at the
 * same page of events, and to the stores they shall be one.
 *
 * @param maxAgeMs counted from the start of the load, so that nothing is older than this when it is given out
 */
export function createBriefCache<T>(maxAgeMs: number): BriefCache<T> {
  const entries = new LRUCache<string, { value: Promise<T>; loadedAtMs: number }>({ max: ENTRIES_MAX });
  return {
    get(key, load) {
      const known = entries.get(key);
      if (known !== undefined && performance.now() - known.loadedAtMs < maxAgeMs) return known.value;
      const entry = { value: load(), loadedAtMs: performance.now() };
      entries.set(key, entry);
      entry.value.catch(() => {
        if (entries.peek(key) === entry) entries.delete(key);
      });
      return entry.value;
    },
  };
}
