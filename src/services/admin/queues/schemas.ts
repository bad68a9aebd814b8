import { z } from 'zod';
import { idSchema } from '../../../http/pageSchema.js';

/** Letters that one request deals with: some seconds of work. Who has more asks again. */
const LETTERS_MAX = 500;
const LETTERS_SHOWN_DEFAULT = 20;

/** `GET /admin/queues/dead` */
export const peekSchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(LETTERS_MAX).default(LETTERS_SHOWN_DEFAULT).describe('Letters at most.'),
  eventId: idSchema.optional(),
});

/** `POST /admin/queues/dead/replay` and `/purge` */
export const deadLettersSchema = z
  .strictObject({
    limit: z.int().min(1).max(LETTERS_MAX).default(LETTERS_MAX).describe('Letters at most.'),
    eventId: idSchema.optional(),
  })
  .meta({ id: 'DeadLettersChoice', description: 'The oldest letters, of all events or of one.' });
