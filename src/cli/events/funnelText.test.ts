import { describe, expect, it } from '@jest/globals';
import type { Outcomes } from '../../domain/wire.js';
import { funnelText } from './funnelText.js';

const plain = (_style: string, text: string) => text;
const none: Outcomes = {
  accepted: 0,
  pending: 0,
  soldOut: 0,
  alreadyOrdered: 0,
  limited: 0,
  notEligible: 0,
  overloaded: 0,
  error: 0,
};

describe('the answers to purchases, as a person reads them', () => {
  it('are a table of counts, shares with bars, and answers a second', () => {
    const outcomes = { ...none, accepted: 100, soldOut: 300 };
    const rates = [{ windowSeconds: 10, perSecond: { ...none, accepted: 0.25, soldOut: 30.4 } }];
    expect(funnelText({ outcomes, rates }, plain).split('\n')).toEqual([
      '                TOTAL   SHARE   10 S',
      'accepted          100  25.0 %  0.3/s  █████',
      'pending             0   0.0 %    0/s',
      'soldOut           300  75.0 %   30/s  ███████████████',
      'alreadyOrdered      0   0.0 %    0/s',
      'limited             0   0.0 %    0/s',
      'notEligible         0   0.0 %    0/s',
      'overloaded          0   0.0 %    0/s',
      'error               0   0.0 %    0/s',
      'all               400           31/s',
    ]);
  });

  it('never show as nothing what happened', () => {
    const outcomes = { ...none, accepted: 1, soldOut: 100_000 };
    expect(funnelText({ outcomes, rates: null }, plain)).toMatch(/^accepted\s+1\s+< 0\.1 %\s+▏$/m);
  });

  it('are said to be none, or unknown while Redis does not answer', () => {
    expect(funnelText({ outcomes: none, rates: [] }, plain)).toBe('none yet');
    expect(funnelText({ outcomes: null, rates: null }, plain)).toContain('unknown');
  });
});
