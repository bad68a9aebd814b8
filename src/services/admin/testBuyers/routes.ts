import type { AdminDeps } from '../adminDeps.js';
import type { Guards } from '../guards.js';
import { createMakeTestBuyers } from './makeTestBuyers.js';
import { testBuyersSchema } from './schemas.js';

/** Buyers for load tests. */
export function registerTestBuyerRoutes({ operator, body }: Guards, { stores, testTokens }: AdminDeps): void {
  operator.post('/admin/test-buyers', body(testBuyersSchema), createMakeTestBuyers(stores, testTokens));
}
