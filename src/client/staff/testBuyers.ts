import type { TestBuyersAnswer } from '../../domain/wire/testBuyers.js';
import type { Calls } from './calls.js';

/** A thousand users to insert and as many tokens to sign, on a machine that may be busy. */
const MAKE_TIMEOUT_MS = 60_000;

export function testBuyerCalls({ send }: Calls) {
  return {
    /** Makes or finds as many test buyers, at most 1,000, and logs them in. @param range.from the number of the first, from 0 */
    makeTestBuyers: (range: { from: number; count: number }) =>
      send<TestBuyersAnswer>('POST', '/test-buyers', range, { answerTimeoutMs: MAKE_TIMEOUT_MS }),
  };
}
