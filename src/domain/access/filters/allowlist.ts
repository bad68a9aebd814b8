import { z } from 'zod';
import type { Filter } from '../filter.js';

/** Lets those pass whom staff have put on the allow list of the event, and nobody while it is empty. */
export const allowlist: Filter<Record<string, never>> = {
  name: 'allowlist',
  description: 'only for users on the allow list of the event; has no settings',
  schema: z.strictObject({}),
  example: {},
  needs: () => ['allowList'],
  evaluate(_settings, { user, event }) {
    if (user.isAllowed) return undefined;
    return event.id === undefined ? 'nobody is on the list of this event yet' : 'you are not on the list of this event';
  },
};
