import { describe, expect, it } from '@jest/globals';
import { parsePrice } from './parsePrice.js';

describe('a price given by an operator', () => {
  it.each([
    ['9.99', 999],
    ['10', 1_000],
    ['0.1', 10],
    ['0', 0],
    ['1.1', 110],
    ['4.35', 435],
    ['1234567890123.45', 123_456_789_012_345],
  ])('%s is exactly %d cents', (text, cents) => {
    expect(parsePrice(text, '--price')).toBe(cents);
  });

  it.each(['', '-1', '9,99', '9.999', '1e3', '.5', '9.', 'free', '0x10', '12345678901234'])('refuses %p', (text) => {
    expect(() => parsePrice(text, '--price')).toThrow(expect.objectContaining({ code: 'USAGE', exit: 2 }));
  });
});
