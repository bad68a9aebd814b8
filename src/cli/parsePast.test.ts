import { describe, expect, it } from '@jest/globals';
import { parsePast } from './parsePast.js';

const nowMs = Date.parse('2026-05-01T12:00:00.000Z');
const parse = (text: string) => new Date(parsePast(text, { name: '--since', nowMs })).toISOString();

describe('a time in the past', () => {
  it.each([
    ['2h', '2026-05-01T10:00:00.000Z'],
    ['-2h', '2026-05-01T10:00:00.000Z'],
    ['1d12h', '2026-04-30T00:00:00.000Z'],
    ['now', '2026-05-01T12:00:00.000Z'],
    ['2026-04-01T08:00:00Z', '2026-04-01T08:00:00.000Z'],
    ['2026-04-01T08:00+02:00', '2026-04-01T06:00:00.000Z'],
  ])('%s is %s', (text, iso) => {
    expect(parse(text)).toBe(iso);
  });

  it.each(['yesterday', '2', '+2h', '2h30', '', '0s', '2026-04-01', '2026-04-01T08:00:00', '2026-13-01T00:00:00Z'])(
    '%j is refused with what to type',
    (text) => {
      expect(() => parse(text)).toThrow(
        expect.objectContaining({ exit: 2, message: expect.stringContaining('--since') }),
      );
    },
  );
});
