import type { z } from 'zod';
import { Refusal } from '../../../domain/errorCatalogue.js';
import type { Handler } from '../../../http/context.js';
import { idParam } from '../../../http/idParam.js';
import type { Passwords } from '../../../http/passwords.js';
import type { AdminStores } from '../adminStores.js';
import { changePassword } from './changePassword.js';
import { presentStaff } from './presenters.js';
import type { passwordResetSchema } from './schemas.js';
import type { Staffed } from '../staffAuth.js';

/** `PUT /admin/admins/:id/password`: somebody else's. One's own takes the old one, so that a token alone is not enough. */
export function createResetPassword(
  stores: AdminStores,
  passwords: Passwords,
): Handler<Staffed & { body: z.output<typeof passwordResetSchema> }> {
  return async (ctx) => {
    const adminId = idParam(ctx);
    if (adminId === ctx.state.staff.id) throw ownPassword();
    const passwordHash = await passwords.hash(ctx.state.body.password);
    ctx.body = presentStaff(await changePassword(stores, ctx, { adminId, passwordHash }));
  };
}

function ownPassword(): Refusal {
  return new Refusal('BAD_INPUT', { issues: [{ path: 'id', message: 'is your own: use PUT /admin/me/password' }] });
}
