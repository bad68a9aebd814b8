import { z } from 'zod';
import type { Filter } from '../filter.js';

/** Refuses those whom staff have put on the deny list. Why they are on it is for staff alone. */
export const untrustworthy: Filter<Record<string, never>> = {
  name: 'untrustworthy',
  description: 'not for users on the deny list, which is the same for all events; has no settings',
  schema: z.strictObject({}),
  example: {},
  evaluate: (_settings, { user }) => (user.isDenied ? 'you are on the deny list' : undefined),
};
