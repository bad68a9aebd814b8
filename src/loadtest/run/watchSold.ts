import { setTimeout as sleep } from 'node:timers/promises';
import type { StaffClient } from '../../client/createStaffClient.js';
import { clockMs } from '../worker/clock.js';

export interface SoldWatch {
  /** Units in stored orders when so many ms had passed since the watch began; null where nobody could look. */
  at(passedMs: number): number | null;
  /** When there were more of them than before for the last time; undefined when that was never seen. */
  lastRiseAtMs(): number | undefined;
  stop(): void;
}

/** Ten small requests a second are nothing beside what is fired. */
const EVERY_MS = 100;

/** Looks again and again how many units are sold. */
export function watchSold(staff: Pick<StaffClient, 'showEvent'>, eventId: string): SoldWatch {
  const startedAtMs = clockMs();
  const samples: { atMs: number; sold: number }[] = [];
  let lastRiseAtMs: number | undefined;
  const stopping = new AbortController();
  void watch();
  return {
    at(passedMs) {
      const sample = samples.findLast(({ atMs }) => atMs - startedAtMs <= passedMs);
      return sample?.sold ?? null;
    },
    lastRiseAtMs: () => lastRiseAtMs,
    stop: () => stopping.abort(),
  };

  async function watch(): Promise<void> {
    while (!stopping.signal.aborted) {
      // A look that fails is a gap in a plot; what the verdict needs is asked for by itself.
      const sold = await staff.showEvent(eventId).then(
        ({ event }) => event.sold,
        () => undefined,
      );
      if (sold !== undefined) note(sold);
      await sleep(EVERY_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  function note(sold: number): void {
    const atMs = clockMs();
    const before = samples.at(-1)?.sold;
    if (before !== undefined && sold > before) lastRiseAtMs = atMs;
    samples.push({ atMs, sold });
  }
}
