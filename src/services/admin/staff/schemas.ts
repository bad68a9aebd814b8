import { z } from 'zod';
import { staffRoles } from '../../../domain/staffRole.js';

/** `POST /admin/login` */
export const loginSchema = z.strictObject({
  username: z.string().min(1).max(64),
  password: z.string().min(1).max(128),
});

/** `POST /admin/admins` */
export const newAdminSchema = z.strictObject({
  username: z.string().regex(/^[a-zA-Z0-9._-]{3,64}$/, 'must be 3 to 64 letters, digits, dots, dashes or underscores'),
  password: z.string().min(8).max(128),
  role: z.enum(staffRoles),
});
