import { z } from 'zod';
import { phoneSchema } from '../../domain/phone.js';
import { TEST_BUYERS_PER_REQUEST_MAX } from '../../domain/testBuyers.js';
import { flagSchema, idSchema, pageFields } from '../../http/pageSchema.js';

/** `POST /users/login`; says nothing about what a password must look like, only what cannot be one. */
export const loginSchema = z
  .strictObject({ phone: phoneSchema, password: z.string().min(1).max(128) })
  .meta({ id: 'Login' });

/** `GET /users/spike/all` */
export const listSchema = z.strictObject({
  ...pageFields,
  includeEnded: flagSchema.default(false).describe('Those that are over, too.'),
});

/** `POST /users/internal/test-tokens` */
export const testTokensSchema = z
  .strictObject({ userIds: z.array(idSchema).min(1).max(TEST_BUYERS_PER_REQUEST_MAX) })
  .meta({ id: 'TestTokensRequest' });
