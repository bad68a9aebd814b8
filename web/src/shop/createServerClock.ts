export interface ServerClock {
  /** Takes the time from an answer. `askedAt` and `answeredAt` are readings of `performance.now()`. */
  correct(serverTime: string, askedAt: number, answeredAt: number): void;
  /** The shop's time in ms since 1970; this machine's until the shop has answered. */
  nowMs(): number;
}

/** An estimate is worth replacing by a less exact one after this long: clocks drift. */
const TRUSTED_MS = 30_000;
/** Estimates further apart than their ways explain mean that our own clock has stood still, with the machine asleep. */
const TOLERANCE_MS = 100;

/**
 * Sales start and end by the shop's clock, and shoppers' clocks are wrong. The answer that travelled fastest tells the time
 * best, because the time it says is off by at most half of its way.
 */
export function createServerClock(monotonic: () => number = () => performance.now()): ServerClock {
  let offsetMs: number | undefined;
  let bestWayMs = Number.POSITIVE_INFINITY;
  let takenAt = Number.NEGATIVE_INFINITY;
  return {
    correct(serverTime, askedAt, answeredAt) {
      const serverMs = Date.parse(serverTime);
      const wayMs = answeredAt - askedAt;
      const fresh = serverMs + wayMs / 2 - answeredAt;
      if (Number.isNaN(fresh)) return;
      const isBetter = wayMs <= bestWayMs || answeredAt - takenAt >= TRUSTED_MS;
      const contradicts = Math.abs(fresh - (offsetMs ?? fresh)) > (wayMs + bestWayMs) / 2 + TOLERANCE_MS;
      if (!isBetter && !contradicts) return;
      offsetMs = fresh;
      [bestWayMs, takenAt] = [wayMs, answeredAt];
    },
    nowMs: () => (offsetMs === undefined ? Date.now() : monotonic() + offsetMs),
  };
}
