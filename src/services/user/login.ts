import type { Sequelize } from 'sequelize';
import type { z } from 'zod';
import { Refusal } from '../../domain/errorCatalogue.js';
import type { Handler } from '../../http/context.js';
import type { LoginThrottle } from '../../http/loginThrottle.js';
import type { Passwords } from '../../http/passwords.js';
import type { Tokens } from '../../http/tokens.js';
import { findCredentials } from '../../stores/mysql/users.js';
import { presentToken } from './presenters.js';
import type { loginSchema } from './schemas.js';

export interface LoginOptions {
  sequelize: Sequelize;
  passwords: Passwords;
  tokens: Tokens;
  throttle: LoginThrottle;
}

/** `POST /users/login`. Only who knows the password learns that an account is blocked, or that it exists. */
export function createLogin(options: LoginOptions): Handler<{ body: z.output<typeof loginSchema> }> {
  const { sequelize, passwords, tokens, throttle } = options;
  return async (ctx) => {
    const { phone, password } = ctx.state.body;
    await throttle.attempt(phone);
    const user = await findCredentials(sequelize, phone);
    const isRight = await passwords.verify(password, user?.passwordHash);
    if (user === undefined || !isRight) throw new Refusal('BAD_CREDENTIALS');
    await throttle.succeeded(phone);
    if (user.isBlocked) throw new Refusal('BLOCKED');
    ctx.body = presentToken(tokens.issue({ id: user.id, role: 'shopper' }));
  };
}
