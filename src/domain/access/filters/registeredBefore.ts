import { z } from 'zod';
import type { Filter } from '../filter.js';

const schema = z.strictObject({
  time: z.iso.datetime({ offset: true, error: 'must be a time like 2030-01-31T12:00:00Z' }),
});

/** Keeps out accounts that were made for the sale: who registered at the time itself is late. */
export const registeredBefore: Filter<z.output<typeof schema>> = {
  name: 'registeredBefore',
  description: 'only for users who registered before a time (ISO 8601, with its zone)',
  schema,
  example: { time: '2030-01-31T12:00:00Z' },
  mainSetting: 'time',
  evaluate: ({ time }, { user }) => {
    const beforeMs = Date.parse(time);
    if (user.registeredAtMs < beforeMs) return undefined;
    return `only for those who registered before ${new Date(beforeMs).toISOString()}`;
  },
};
