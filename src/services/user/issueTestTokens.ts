import type { Sequelize } from 'sequelize';
import type { z } from 'zod';
import type { TestTokensAnswer } from '../../domain/wire/testBuyers.js';
import type { Handler } from '../../http/context.js';
import type { Tokens } from '../../http/tokens.js';
import { findTestBuyers } from '../../stores/mysql/testBuyers.js';
import type { testTokensSchema } from './schemas.js';

/**
 * `POST /users/internal/test-tokens`: tokens of test buyers, for the admin service, which has not the secret that signs them.
 * Whoever is not marked as a test buyer in MySQL is left out, whatever was asked.
 */
export function createIssueTestTokens(options: {
  sequelize: Sequelize;
  tokens: Tokens;
}): Handler<{ body: z.output<typeof testTokensSchema> }> {
  const { sequelize, tokens } = options;
  return async (ctx) => {
    const { userIds } = ctx.state.body;
    const testBuyers = await findTestBuyers(sequelize, userIds);
    const issued = userIds
      .filter((userId) => testBuyers.has(userId))
      .map((userId) => ({ userId, ...tokens.issue({ id: userId, role: 'shopper' }) }));
    ctx.body = { status: 'success', tokens: issued } satisfies TestTokensAnswer;
  };
}
