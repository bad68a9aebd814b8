import { describe, expect, test } from '@jest/globals';
import {
  addSparseCounts,
  countAll,
  LATENCY_BUCKETS,
  latencyBucket,
  latencyPercentile,
  sparseCounts,
} from './latencyHistogram.js';

function histogramOf(latenciesMs: readonly number[]): Float64Array {
  const counts = new Float64Array(LATENCY_BUCKETS);
  for (const latencyMs of latenciesMs) counts[latencyBucket(latencyMs)]! += 1;
  return counts;
}

describe('a latency histogram', () => {
  test('has percentiles that are never below the true ones and at most a tenth above them', () => {
    const latencies = Array.from({ length: 10_000 }, (_, index) => 0.2 + (index / 10_000) ** 4 * 5_000);
    const counts = histogramOf(latencies);
    for (const share of [0.01, 0.5, 0.9, 0.99, 0.999]) {
      const truth = latencies[Math.ceil(latencies.length * share) - 1]!;
      const told = latencyPercentile(counts, share)!;
      expect(told).toBeGreaterThan(truth * 0.95);
      expect(told).toBeLessThan(truth * 1.15);
    }
  });

  test('of several processes is the histogram of all their answers', () => {
    const merged = new Float64Array(LATENCY_BUCKETS);
    for (const latencies of [[1, 2, 3], [400], []]) addSparseCounts(merged, sparseCounts(histogramOf(latencies)));
    expect(merged).toEqual(histogramOf([1, 2, 3, 400]));
    expect(countAll(merged)).toBe(4);
  });

  test('of nothing has no percentile, and no answer is too fast or too slow for it', () => {
    expect(latencyPercentile(histogramOf([]), 0.5)).toBeUndefined();
    expect(countAll(histogramOf([0, -1, Number.NaN, 1e12]))).toBe(4);
  });

  test('ignores buckets that it does not know', () => {
    const counts = new Float64Array(LATENCY_BUCKETS);
    addSparseCounts(counts, [-1, 5, LATENCY_BUCKETS, 5, 3]);
    expect(countAll(counts)).toBe(0);
  });
});
