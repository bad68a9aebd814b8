import { z } from 'zod';
import { passwordSchema } from '../../../domain/newUser.js';
import { orderEnders } from '../../../domain/order.js';
import { staffRoles } from '../../../domain/staffRole.js';
import { pageFields, timeSchema } from '../../../http/pageSchema.js';

/** `POST /admin/login` */
export const loginSchema = z
  .strictObject({ username: z.string().min(1).max(64), password: z.string().min(1).max(128) })
  .meta({ id: 'StaffLogin' });

const reservedNames: ReadonlySet<string> = new Set(Object.values(orderEnders));

/** `POST /admin/admins` */
export const newAdminSchema = z
  .strictObject({
    username: z
      .string()
      .regex(/^[a-zA-Z0-9._-]{3,64}$/, 'must be 3 to 64 letters, digits, dots, dashes or underscores')
      .refine((name) => !reservedNames.has(name.toLowerCase()), 'is what the services call themselves'),
    password: passwordSchema,
    role: z.enum(staffRoles),
  })
  .meta({ id: 'NewStaff' });

/** `PUT /admin/admins/:id` */
export const adminChangeSchema = z
  .strictObject({ role: z.enum(staffRoles).optional(), disabled: z.boolean().optional() })
  .refine((change) => Object.keys(change).length > 0, 'needs at least one field to change')
  .meta({ id: 'StaffChange', minProperties: 1 });

/** `PUT /admin/admins/:id/password` */
export const passwordResetSchema = z.strictObject({ password: passwordSchema }).meta({ id: 'PasswordReset' });

/** `PUT /admin/me/password`; of the old one it says nothing but what cannot be one. */
export const ownPasswordSchema = z
  .strictObject({ oldPassword: z.string().min(1).max(128), newPassword: passwordSchema })
  .meta({ id: 'OwnPassword' });

/** `GET /admin/audit-log` */
export const auditLogSchema = z.strictObject({
  ...pageFields,
  actor: z.string().min(1).max(64).optional().describe('The name of who did it.'),
  action: z.string().min(1).max(64).optional().describe('What they did, as `event.pause`.'),
  targetType: z.string().min(1).max(32).optional(),
  targetId: z.string().min(1).max(64).optional(),
  since: timeSchema.optional().describe('Made at this time or after it.'),
});
