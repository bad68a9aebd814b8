/**
 * Latencies counted in buckets that grow by the same factor: eight to a doubling, so that a percentile is at most 9 % off, from
 * 0.1 ms to 26 s. Counts of several processes are added bucket by bucket, which percentiles could not be.
 */
const SMALLEST_MS = 0.1;
const BUCKETS_PER_DOUBLING = 8;
const DOUBLINGS = 18;

export const LATENCY_BUCKETS = BUCKETS_PER_DOUBLING * DOUBLINGS + 1;

/** Counts by bucket; those that are zero may be left out on the wire (`sparseCounts`). */
type LatencyCounts = Float64Array | readonly number[];

export function latencyBucket(latencyMs: number): number {
  if (!(latencyMs > SMALLEST_MS)) return 0;
  return Math.min(LATENCY_BUCKETS - 1, Math.ceil(Math.log2(latencyMs / SMALLEST_MS) * BUCKETS_PER_DOUBLING));
}

/**
 * The latency that this share of the answers did not exceed, to two digits.
 *
 * @returns undefined when nothing was counted
 */
export function latencyPercentile(counts: LatencyCounts, share: number): number | undefined {
  const total = countAll(counts);
  if (total === 0) return undefined;
  let left = Math.max(1, Math.ceil(total * share));
  for (let bucket = 0; bucket < counts.length; bucket += 1) {
    left -= counts[bucket]!;
    if (left <= 0) return Number(upperBoundMs(bucket).toPrecision(2));
  }
  return Number(upperBoundMs(counts.length - 1).toPrecision(2));
}

export function countAll(counts: LatencyCounts): number {
  let total = 0;
  for (const count of counts) total += count;
  return total;
}

/** `[bucket, count, bucket, count, …]` of those that are not zero. */
export function sparseCounts(counts: LatencyCounts): number[] {
  const sparse: number[] = [];
  for (let bucket = 0; bucket < counts.length; bucket += 1)
    if (counts[bucket]! > 0) sparse.push(bucket, counts[bucket]!);
  return sparse;
}

/** Adds what `sparseCounts` made; what is no bucket of ours (another version's) is left out. */
export function addSparseCounts(counts: Float64Array, sparse: readonly number[]): void {
  for (let index = 0; index + 1 < sparse.length; index += 2) {
    const bucket = sparse[index]!;
    if (bucket >= 0 && bucket < counts.length) counts[bucket] = counts[bucket]! + sparse[index + 1]!;
  }
}

function upperBoundMs(bucket: number): number {
  return SMALLEST_MS * 2 ** (bucket / BUCKETS_PER_DOUBLING);
}
