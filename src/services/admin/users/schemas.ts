import { z } from 'zod';
import { newUserSchema } from '../../../domain/newUser.js';
import { phoneSchema } from '../../../domain/phone.js';
import { pageFields } from '../../../http/pageSchema.js';

/** Users in one request: at a tenth of a second each, two at once, it is answered before a proxy gives up. */
const USERS_MAX = 200;

/** `GET /admin/users` */
export const usersSchema = z.strictObject({
  ...pageFields,
  phone: phoneSchema.optional(),
  blocked: z.stringbool().optional(),
  denied: z.stringbool().optional(),
});

/** `POST /admin/users/bulk` */
export const newUsersSchema = z.strictObject({
  users: z
    .array(newUserSchema)
    .min(1)
    .max(USERS_MAX)
    .refine((users) => new Set(users.map(({ phone }) => phone)).size === users.length, 'has a phone number twice'),
  dryRun: z.boolean().default(false),
});

const reason = z.string().trim().min(1).max(255);

/** `POST /admin/users/:id/deny` */
export const denySchema = z.strictObject({ reason });

/** `POST /admin/users/:id/block` */
export const blockSchema = z
  .strictObject({ reason: reason.optional(), deny: z.boolean().default(false) })
  .refine((block) => !block.deny || block.reason !== undefined, { path: ['reason'], error: 'is required with "deny"' });

/** `DELETE /admin/users/:id/block` */
export const unblockSchema = z.strictObject({ deny: z.stringbool().default(false) });
