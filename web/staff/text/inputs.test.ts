import { describe, expect, test } from '@jest/globals';
import { fromTimeInput, readCents, readNumber, readWhole, toPriceInput, toTimeInput } from './inputs.js';

describe('a time that is typed', () => {
  test.each(['2030-01-31T12:00:05.000Z', '2026-07-01T23:59:59.000Z', '2026-12-31T23:30:00.000Z'])(
    'is the moment %s again',
    (iso) => {
      expect(fromTimeInput(toTimeInput(iso))).toBe(iso);
    },
  );

  test('may come without seconds, as browsers leave them out', () => {
    const iso = '2030-01-31T12:00:00.000Z';
    expect(fromTimeInput(toTimeInput(iso).slice(0, 16))).toBe(iso);
  });

  test.each(['', '2030-01-31', '2030-13-01T00:00', 'soon', '<b>2030-01-31T12:00</b>'])('is none: %j', (text) => {
    expect(fromTimeInput(text)).toBeUndefined();
  });
});

describe('a number that is typed', () => {
  test.each([
    ['9.99', 999],
    ['9,9', 990],
    ['9', 900],
    [' 0.07 ', 7],
    ['1234567890.19', 123456789019],
    ['', undefined],
    ['9.999', undefined],
    ['-1', undefined],
    ['1e3', undefined],
  ])('as a price: %j is %s cents', (text, cents) => {
    expect(readCents(text)).toBe(cents);
  });

  test.each([0, 7, 90, 999, 123456789019])('as a price is written as it was: %i', (cents) => {
    expect(readCents(toPriceInput(cents))).toBe(cents);
  });

  test.each([
    ['12', 12, 12],
    ['-12', -12, -12],
    ['0,5', undefined, 0.5],
    ['0.25', undefined, 0.25],
    ['', undefined, undefined],
    ['twelve', undefined, undefined],
    ['NaN', undefined, undefined],
  ])('%j is the whole number %s and the number %s', (text, whole, number) => {
    expect([readWhole(text), readNumber(text)]).toEqual([whole, number]);
  });
});
