import type { z } from 'zod';
import { Refusal } from '../../../domain/errorCatalogue.js';
import type { newUserSchema } from '../../../domain/newUser.js';
import type { Handler } from '../../../http/context.js';
import { sealUser, type UserSeals } from '../../../http/sealUser.js';
import type { AdminStores } from '../adminStores.js';
import { makeUser } from './makeUser.js';
import { presentUser } from './presenters.js';
import type { Staffed } from '../staffAuth.js';

/** `POST /admin/users` */
export function createCreateUser(
  stores: AdminStores,
  seals: UserSeals,
): Handler<Staffed & { body: z.output<typeof newUserSchema> }> {
  return async (ctx) => {
    const user = await makeUser(stores, ctx, await sealUser(ctx.state.body, seals));
    if (user === undefined) throw new Refusal('PHONE_TAKEN');
    ctx.status = 201;
    ctx.body = presentUser(user);
  };
}
