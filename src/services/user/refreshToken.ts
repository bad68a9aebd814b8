import type { Sequelize } from 'sequelize';
import { Refusal } from '../../domain/errorCatalogue.js';
import type { Authenticated } from '../../http/auth.js';
import type { Handler } from '../../http/context.js';
import type { Tokens } from '../../http/tokens.js';
import { findUser } from '../../stores/mysql/users.js';
import { presentToken } from './presenters.js';

/** `GET /users/auth/refresh_token`: a new token for an old one, if its owner may still have one. */
export function createRefreshToken(options: { sequelize: Sequelize; tokens: Tokens }): Handler<Authenticated> {
  const { sequelize, tokens } = options;
  return async (ctx) => {
    const user = await findUser(sequelize, ctx.state.identity.id);
    if (user === undefined) throw new Refusal('TOKEN_INVALID');
    if (user.blockedAt !== null) throw new Refusal('BLOCKED');
    ctx.body = presentToken(tokens.issue({ id: user.id, role: 'shopper' }));
  };
}
