import { describe, expect, it } from '@jest/globals';
import { parseDuration } from './parseDuration.js';

describe('a duration given by an operator', () => {
  it.each([
    ['90s', 90],
    ['15m', 900],
    ['1h30m', 5_400],
    ['2d', 172_800],
  ])('%s is %d seconds', (text, seconds) => {
    expect(parseDuration(text, '--payment-window')).toBe(seconds);
  });

  it.each(['', '15', 'm', '0m', '-5m', '1.5h', '15 m', '15min', '9999999999999999d'])('refuses %p', (text) => {
    expect(() => parseDuration(text, '--payment-window')).toThrow(expect.objectContaining({ code: 'USAGE', exit: 2 }));
  });
});
