import { z } from 'zod';
import { ACCESS_PAIRS_MAX } from '../../http/accessClient.js';

/** Any text: an id that does not exist, or could not, is answered as unknown. */
const id = z.string().min(1).max(64);
const pair = z.strictObject({ userId: id, eventId: id }).meta({ id: 'AccessPair' });

/** `POST /access/check`: one pair, or many under `pairs`. */
export const checkSchema = z
  .union([z.strictObject({ pairs: z.array(pair).min(1).max(ACCESS_PAIRS_MAX) }), pair], {
    error: `must be {userId,eventId} or {pairs:[{userId,eventId},…]} with 1 to ${ACCESS_PAIRS_MAX} pairs of ids as text`,
  })
  .transform((input) => ('pairs' in input ? input.pairs : [input]))
  .meta({ id: 'AccessQuestion' });
