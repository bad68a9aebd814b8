import type { z } from 'zod';
import { Refusal } from '../../../domain/errorCatalogue.js';
import type { Handler } from '../../../http/context.js';
import type { LoginThrottle } from '../../../http/loginThrottle.js';
import type { Passwords } from '../../../http/passwords.js';
import type { Tokens } from '../../../http/tokens.js';
import { findAdmin } from '../../../stores/mysql/admins.js';
import type { AdminStores } from '../adminStores.js';
import { changePassword } from './changePassword.js';
import { presentStaffToken } from './presenters.js';
import type { ownPasswordSchema } from './schemas.js';
import { tokenVersion, type Staffed } from '../staffAuth.js';

export interface OwnPasswordOptions {
  passwords: Passwords;
  tokens: Tokens;
  throttle: LoginThrottle;
}

/**
 * `PUT /admin/me/password`: by the old one, whose guesses count as those at the login do: whoever found a token lying about must
 * not be able to try. Answers a new token, because the one that it was asked with is void from now on.
 */
export function createChangeOwnPassword(
  stores: AdminStores,
  { passwords, tokens, throttle }: OwnPasswordOptions,
): Handler<Staffed & { body: z.output<typeof ownPasswordSchema> }> {
  return async (ctx) => {
    const { oldPassword, newPassword } = ctx.state.body;
    const { id, username } = ctx.state.staff;
    const name = username.toLowerCase();
    await throttle.attempt(name);
    const oldHash = (await findAdmin(stores.sequelize, id))?.passwordHash;
    const isRight = await passwords.verify(oldPassword, oldHash);
    if (oldHash === undefined || !isRight) throw new Refusal('BAD_CREDENTIALS');
    await throttle.succeeded(name);
    const passwordHash = await passwords.hash(newPassword);
    const admin = await changePassword(stores, ctx, { adminId: id, passwordHash, oldHash });
    ctx.body = presentStaffToken(tokens.issue({ ...admin, version: tokenVersion(admin) }), admin.role);
  };
}
