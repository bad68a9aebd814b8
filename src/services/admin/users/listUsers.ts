import type { z } from 'zod';
import type { Handler } from '../../../http/context.js';
import { nextCursor, toRange } from '../../../http/pageSchema.js';
import { listUsers } from '../../../stores/mysql/users.js';
import type { AdminStores } from '../adminStores.js';
import { presentUsers } from './presenters.js';
import type { usersSchema } from './schemas.js';

/** `GET /admin/users`: the newest first, or the one with a phone number; those who are blocked or denied. */
export function createListUsers({ sequelize }: AdminStores): Handler<{ query: z.output<typeof usersSchema> }> {
  return async (ctx) => {
    const { phone, blocked, denied, ...page } = ctx.state.query;
    const users = await listUsers(sequelize, {
      ...toRange(page),
      ...(phone === undefined ? {} : { phone }),
      ...(blocked === undefined ? {} : { isBlocked: blocked }),
      ...(denied === undefined ? {} : { isDenied: denied }),
    });
    ctx.body = presentUsers(users, nextCursor(users, page.limit));
  };
}
