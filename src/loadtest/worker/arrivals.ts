/** How a run is spread over time; times in ms from its start. */
export type Arrivals =
  /** Each buyer sends so many requests, one after the other: how fast depends on the answers. */
  | { model: 'closed'; requestsPerUser: number; rampMs: number }
  /** Requests arrive at this rate whatever the answers do. */
  | { model: 'open'; ratePerSecond: number; durationMs: number; rampMs: number };

type OpenArrivals = Extract<Arrivals, { model: 'open' }>;

/**
 * When the k-th request of the open model is to be sent, k from 0. While the ramp lasts the rate rises in a straight line to its
 * full value; then the requests are evenly apart.
 */
export function arrivalAtMs(
  { ratePerSecond, rampMs }: Pick<OpenArrivals, 'ratePerSecond' | 'rampMs'>,
  k: number,
): number {
  const perMs = ratePerSecond / 1_000;
  const inRamp = (perMs * rampMs) / 2;
  if (k < inRamp) return Math.sqrt((2 * k * rampMs) / perMs);
  return rampMs / 2 + k / perMs;
}

/** How many requests arrive in all. */
export function countArrivals(arrivals: OpenArrivals): number {
  const { ratePerSecond, durationMs, rampMs } = arrivals;
  const perMs = ratePerSecond / 1_000;
  const count = rampMs < durationMs ? perMs * (durationMs - rampMs / 2) : (perMs * durationMs ** 2) / (2 * rampMs);
  return Math.max(1, Math.ceil(count - 1e-6));
}

/** When a buyer of the closed model begins: all at once, or one after the other over the ramp. */
export function buyerStartMs(rampMs: number, index: number, count: number): number {
  return count <= 1 ? 0 : (rampMs * index) / count;
}
