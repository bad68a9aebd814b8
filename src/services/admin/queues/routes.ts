import { query } from '../../../http/validate.js';
import type { AdminDeps } from '../adminDeps.js';
import type { Guards } from '../guards.js';
import { createListQueues } from './listQueues.js';
import { createPeekDeadLetters } from './peekDeadLetters.js';
import { createPurgeDeadLetters } from './purgeDeadLetters.js';
import { createReplayDeadLetters } from './replayDeadLetters.js';
import { deadLettersSchema, peekSchema } from './schemas.js';

/** The queues between purchase and order. */
export function registerQueueRoutes(
  { viewer, operator, body }: Guards,
  { stores, queues, deadLetters, publisher }: AdminDeps,
): void {
  viewer.get('/admin/queues', createListQueues(stores, queues));
  viewer.get('/admin/queues/dead', query(peekSchema), createPeekDeadLetters(stores, deadLetters));
  operator.post(
    '/admin/queues/dead/replay',
    body(deadLettersSchema),
    createReplayDeadLetters(stores, deadLetters, publisher),
  );
  operator.post('/admin/queues/dead/purge', body(deadLettersSchema), createPurgeDeadLetters(stores, deadLetters));
}
