import { describe, expect, test } from '@jest/globals';
import { formatCountdown } from './formatCountdown.js';

describe('a countdown', () => {
  test.each([
    [0, '0:00'],
    [-5_000, '0:00'],
    [1, '0:01'],
    [59_001, '1:00'],
    [245_000, '4:05'],
    [3_600_000, '1:00:00'],
    [86_399_000, '23:59:59'],
    [604_799_000, '6 d 23 h'],
  ])('of %i ms reads %s', (ms, text) => {
    expect(formatCountdown(ms)).toBe(text);
  });
});
