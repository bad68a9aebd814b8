import { z } from 'zod';
import { phoneSchema } from '../../../domain/phone.js';
import { idSchema } from '../../../http/pageSchema.js';

/** Users in one request: a transaction of some milliseconds, and a body within its bound. */
const USERS_MAX = 1_000;

/** `POST /admin/spike/:id/allow` and `…/allow/remove` */
export const allowListSchema = z
  .strictObject({
    userIds: z.array(idSchema).max(USERS_MAX).default([]),
    phones: z.array(phoneSchema).max(USERS_MAX).default([]),
  })
  .refine(({ userIds, phones }) => userIds.length + phones.length >= 1 && userIds.length + phones.length <= USERS_MAX, {
    error: `needs 1 to ${USERS_MAX} users in userIds and phones together`,
    when: ({ issues }) => issues.length === 0,
  })
  .meta({ id: 'AllowListUsers', description: `1 to ${USERS_MAX} users, in the two lists together.` });
