/** How far another clock is ahead of ours (behind, when negative); the error is at most half the time the question took. */
export interface Skew {
  offsetMs: number;
  errorMs: number;
}

/** Asks for the other side's time, ms since 1970 UTC, and compares it with the middle of the time that took. */
export async function measureSkew(ask: () => Promise<number>): Promise<Skew> {
  const sentAtMs = Date.now();
  const theirsMs = await ask();
  const tookMs = Date.now() - sentAtMs;
  return { offsetMs: Math.round(theirsMs - (sentAtMs + tookMs / 2)), errorMs: Math.ceil(tookMs / 2) };
}
