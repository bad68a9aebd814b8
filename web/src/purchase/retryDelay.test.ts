import { describe, expect, test } from '@jest/globals';
import { retryDelay } from './retryDelay.js';

describe('the wait before the next attempt', () => {
  test('is never shorter than the service asked for', () => {
    for (const random of [0, 0.5, 0.999]) {
      expect(retryDelay(1, 3_000, () => random)).toBeGreaterThanOrEqual(3_000);
    }
  });

  test('grows with every failure, up to a bound', () => {
    const waits = [1, 2, 3, 4, 5, 6, 20].map((attempt) => retryDelay(attempt, undefined, () => 0));
    expect(waits).toEqual([200, 400, 800, 1_600, 3_200, 4_000, 4_000]);
  });

  test('differs between shoppers who failed together', () => {
    expect(retryDelay(3, 1_000, () => 0.9)).toBeGreaterThan(retryDelay(3, 1_000, () => 0.1) + 500);
  });
});
