import { z } from 'zod';
import { phoneSchema } from '../../../domain/phone.js';
import { pageFields } from '../../../http/pageSchema.js';

/** `GET /admin/users` */
export const usersSchema = z.strictObject({ ...pageFields, phone: phoneSchema.optional() });

/** `POST /admin/users/:id/deny` */
export const denySchema = z.strictObject({ reason: z.string().trim().min(1).max(255) });
