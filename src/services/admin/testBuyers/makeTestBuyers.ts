import type { z } from 'zod';
import type { Handler } from '../../../http/context.js';
import { insertTestBuyers, listTestBuyers } from '../../../stores/mysql/testBuyers.js';
import type { AdminStores } from '../adminStores.js';
import { recordChange } from '../recordChange.js';
import type { Staffed } from '../staffAuth.js';
import type { TestTokens } from './createTestTokens.js';
import { presentTestBuyers } from './presenters.js';
import type { testBuyersSchema } from './schemas.js';

/**
 * `POST /admin/test-buyers`: makes or finds the test buyers of a range and logs them in. Written down even when all of them
 * exist: what is handed out are tokens to buy with.
 */
export function createMakeTestBuyers(
  stores: AdminStores,
  testTokens: TestTokens,
): Handler<Staffed & { body: z.output<typeof testBuyersSchema> }> {
  return async (ctx) => {
    const range = ctx.state.body;
    const { sequelize } = stores;
    const made = await recordChange(stores, ctx, async (transaction, record) => {
      const count = await insertTestBuyers(sequelize, range, transaction);
      const targetId = `${range.from}-${range.from + range.count - 1}`;
      await record({
        action: 'testBuyers.logIn',
        targetType: 'testBuyers',
        targetId,
        after: { ...range, made: count },
      });
      return count;
    });
    ctx.body = presentTestBuyers(made, await testTokens.issue(await listTestBuyers(sequelize, range)));
  };
}
