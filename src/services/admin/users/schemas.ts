import { z } from 'zod';
import { newUserSchema } from '../../../domain/newUser.js';
import { phoneSchema } from '../../../domain/phone.js';
import { flagSchema, pageFields } from '../../../http/pageSchema.js';

/** Users in one request: at a tenth of a second each, two at once, it is answered before a proxy gives up. */
const USERS_MAX = 200;

/** `GET /admin/users` */
export const usersSchema = z.strictObject({
  ...pageFields,
  phone: phoneSchema.optional().describe('Exactly this number.'),
  blocked: flagSchema.optional().describe('Only those whose account is locked, or is not.'),
  denied: flagSchema.optional().describe('Only those who are on the deny list, or are not.'),
});

/** `POST /admin/users/bulk` */
export const newUsersSchema = z
  .strictObject({
    users: z
      .array(newUserSchema)
      .min(1)
      .max(USERS_MAX)
      .refine((users) => new Set(users.map(({ phone }) => phone)).size === users.length, 'has a phone number twice'),
    dryRun: z.boolean().default(false).describe('Only says who would be new.'),
  })
  .meta({ id: 'NewUsers' });

const reason = z.string().trim().min(1).max(255);

/** `POST /admin/users/:id/deny` */
export const denySchema = z.strictObject({ reason }).meta({ id: 'Denial' });

/** `POST /admin/users/:id/block` */
export const blockSchema = z
  .strictObject({
    reason: reason.optional(),
    deny: z.boolean().default(false).describe('The deny list too; needs a reason.'),
  })
  .refine((block) => !block.deny || block.reason !== undefined, { path: ['reason'], error: 'is required with "deny"' })
  .meta({ id: 'Block' });

/** `DELETE /admin/users/:id/block` */
export const unblockSchema = z.strictObject({ deny: flagSchema.default(false).describe('Off the deny list too.') });
