import type { Sequelize } from 'sequelize';
import type { z } from 'zod';
import { Refusal } from '../../../domain/errorCatalogue.js';
import type { Handler } from '../../../http/context.js';
import type { LoginThrottle } from '../../../http/loginThrottle.js';
import type { Passwords } from '../../../http/passwords.js';
import type { Tokens } from '../../../http/tokens.js';
import { findAdminByName } from '../../../stores/mysql/admins.js';
import { presentStaffToken } from './presenters.js';
import type { loginSchema } from './schemas.js';
import { tokenVersion } from '../staffAuth.js';

export interface LoginOptions {
  sequelize: Sequelize;
  passwords: Passwords;
  tokens: Tokens;
  throttle: LoginThrottle;
}

/** `POST /admin/login`. Only who knows the password learns that an account is disabled, or that it exists. */
export function createLogin(options: LoginOptions): Handler<{ body: z.output<typeof loginSchema> }> {
  const { sequelize, passwords, tokens, throttle } = options;
  return async (ctx) => {
    const { username, password } = ctx.state.body;
    // MySQL takes Ann for ann, and so must the throttle.
    const name = username.toLowerCase();
    await throttle.attempt(name);
    const admin = await findAdminByName(sequelize, username);
    const isRight = await passwords.verify(password, admin?.passwordHash);
    if (admin === undefined || !isRight) throw new Refusal('BAD_CREDENTIALS');
    await throttle.succeeded(name);
    if (admin.disabledAt !== null) throw new Refusal('BLOCKED');
    ctx.body = presentStaffToken(tokens.issue({ ...admin, version: tokenVersion(admin) }), admin.role);
  };
}
