import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64, type Histogram } from 'hdr-histogram-js';

export type { Histogram };

/** Kept in microseconds with three digits: an error of a thousandth, and 0.1 ms is told from 0.2 ms. */
const UNIT_PER_MS = 1_000;
const DIGITS = 3;
/** Longer than anything that is waited for; what takes longer counts as this. */
const HIGHEST_MS = 600_000;

/** @see percentiles */
export interface Percentiles {
  p50: number;
  p90: number;
  p99: number;
  p999: number;
  max: number;
}

export function createHistogram(): Histogram {
  return build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: HIGHEST_MS * UNIT_PER_MS,
    numberOfSignificantValueDigits: DIGITS,
    bitBucketSize: 32,
    useWebAssembly: false,
  });
}

export function record(histogram: Histogram, ms: number): void {
  const value = Math.round(Math.min(HIGHEST_MS, Math.max(0, ms)) * UNIT_PER_MS);
  histogram.recordValue(Math.max(1, value));
}

export function encode(histogram: Histogram): string {
  return encodeIntoCompressedBase64(histogram);
}

export function addEncoded(sum: Histogram, encoded: string): void {
  sum.add(decodeFromCompressedBase64(encoded, 32, false));
}

/** Null when nothing was recorded: no answer is not an answer in 0 ms. */
export function percentiles(histogram: Histogram): Percentiles | null {
  if (histogram.totalCount === 0) return null;
  return {
    p50: at(histogram, 50),
    p90: at(histogram, 90),
    p99: at(histogram, 99),
    p999: at(histogram, 99.9),
    max: toMs(histogram.maxValue),
  };
}

/** The latency that so many percent of the answers did not exceed, in ms. */
export function at(histogram: Histogram, percentile: number): number {
  return toMs(histogram.getValueAtPercentile(percentile));
}

function toMs(value: number): number {
  return Math.round(value) / UNIT_PER_MS;
}
