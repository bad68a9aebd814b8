import type { Sequelize } from 'sequelize';
import type { z } from 'zod';
import { Refusal } from '../../domain/errorCatalogue.js';
import type { newUserSchema } from '../../domain/newUser.js';
import type { Handler } from '../../http/context.js';
import type { Passwords } from '../../http/passwords.js';
import type { Tokens } from '../../http/tokens.js';
import { sealUser } from '../../http/sealUser.js';
import { insertUser } from '../../stores/mysql/users.js';
import { presentRegistered } from './presenters.js';

export interface RegisterOptions {
  sequelize: Sequelize;
  passwords: Passwords;
  tokens: Tokens;
  nationalIdKey: string;
}

/** `POST /users/register`: a new user, logged in at once. */
export function createRegister(options: RegisterOptions): Handler<{ body: z.output<typeof newUserSchema> }> {
  const { sequelize, passwords, tokens, nationalIdKey } = options;
  return async (ctx) => {
    const userId = await insertUser(sequelize, await sealUser(ctx.state.body, { passwords, nationalIdKey }));
    if (userId === undefined) throw new Refusal('PHONE_TAKEN');
    ctx.body = presentRegistered(tokens.issue({ id: userId, role: 'shopper' }), userId);
  };
}
