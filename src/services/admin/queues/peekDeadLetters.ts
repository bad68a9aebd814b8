import type { z } from 'zod';
import type { DeadLetterView } from '../../../domain/wire.js';
import type { Handler } from '../../../http/context.js';
import type { DeadLetterBox } from '../../../stores/rabbitmq/createDeadLetterBox.js';
import type { AdminStores } from '../adminStores.js';
import { presentDeadLetters, viewDeadLetter } from './presenters.js';
import type { peekSchema } from './schemas.js';
import { withDeadLetters } from './withDeadLetters.js';

/** `GET /admin/queues/dead`: the oldest dead letters, which stay where they are. */
export function createPeekDeadLetters(
  stores: AdminStores,
  box: DeadLetterBox,
): Handler<{ query: z.output<typeof peekSchema> }> {
  return async (ctx) => {
    const { limit, eventId } = ctx.state.query;
    const letters: DeadLetterView[] = [];
    const { total } = await withDeadLetters(stores, async () => ({
      total: await box.walk(async (letter) => {
        if (letters.length === limit) return 'stop';
        if (eventId === undefined || letter.eventId === eventId) letters.push(viewDeadLetter(letter));
        return 'keep';
      }),
    }));
    ctx.body = presentDeadLetters(letters, total);
  };
}
