import { describe, expect, it } from '@jest/globals';
import { parseTime } from './parseTime.js';

const nowMs = Date.parse('2026-05-01T10:00:00.000Z');
const options = { name: '--starts', nowMs, relativeToMs: nowMs };

describe('a time given by an operator', () => {
  it('is now', () => {
    expect(parseTime('now', options)).toBe(nowMs);
  });

  it('counts a relative time from what it belongs to, not from now', () => {
    const startsAtMs = nowMs + 600_000;
    expect(parseTime('+1h', { ...options, relativeToMs: startsAtMs })).toBe(startsAtMs + 3_600_000);
  });

  it.each([
    ['2026-05-01T12:00:00Z', '2026-05-01T12:00:00.000Z'],
    ['2026-05-01T12:00:00.250Z', '2026-05-01T12:00:00.250Z'],
    ['2026-05-01T12:00:00+02:00', '2026-05-01T10:00:00.000Z'],
    ['2026-05-01T12:00Z', '2026-05-01T12:00:00.000Z'],
  ])('reads ISO 8601 with its zone: %s', (text, iso) => {
    expect(new Date(parseTime(text, options)).toISOString()).toBe(iso);
  });

  it.each([
    ['', 'nothing'],
    ['tomorrow', 'a word'],
    ['2026-05-01', 'a day'],
    ['2026-05-01T12:00:00', 'a time without a zone'],
    ['2026-02-30T12:00:00Z', 'a day that no calendar has'],
    ['2026-13-01T12:00:00Z', 'a month that no calendar has'],
    ['12000-01-01T00:00:00Z', 'a year that no store holds'],
    ['+10', 'a duration without a unit'],
    ['-10m', 'a time that is over'],
    ['+9999999d', 'a duration that ends beyond what a store holds'],
  ])('refuses %p (%s) and says what to type', (text) => {
    expect(() => parseTime(text, options)).toThrow(
      expect.objectContaining({
        exit: 2,
        message: expect.stringContaining('--starts'),
        suggestions: [expect.any(String)],
      }),
    );
  });
});
