import type { z } from 'zod';
import type { DeadLettersChange } from '../../../domain/wire.js';
import type { Handler } from '../../../http/context.js';
import type { DeadLetter, DeadLetterBox } from '../../../stores/rabbitmq/createDeadLetterBox.js';
import type { Publisher } from '../../../stores/rabbitmq/createPublisher.js';
import { unpark } from '../../../stores/redis/pending.js';
import type { AdminStores } from '../adminStores.js';
import type { Staffed } from '../staffAuth.js';
import { changeDeadLetters } from './changeDeadLetters.js';
import { presentDeadLettersChange } from './presenters.js';
import type { deadLettersSchema } from './schemas.js';

/**
 * `POST /admin/queues/dead/replay`: sends dead letters to the order queue again. A letter leaves the dead-letter queue only
 * when the broker has confirmed the new one, so whatever dies in between, it exists at least once; and an order that is sent
 * twice is stored once. What still cannot be stored comes back as a dead letter. One that cannot be read stays.
 */
export function createReplayDeadLetters(
  stores: AdminStores,
  box: DeadLetterBox,
  publisher: Publisher,
): Handler<Staffed & { body: z.output<typeof deadLettersSchema> }> {
  return async (ctx) => {
    const change: DeadLettersChange = await changeDeadLetters(stores, ctx, box, {
      action: 'queue.replay',
      async deal({ reservations, eventId, content }: DeadLetter) {
        if (reservations === undefined || eventId === undefined) return undefined;
        const orderIds = reservations.map(({ orderId }) => orderId);
        // First: a letter that fails again is parked again, and that must be the last word.
        await unpark(stores.redis, eventId, orderIds);
        if ((await publisher.publish('orders', content)) !== 'confirmed') throw new Error('Connection closed');
        return orderIds;
      },
    });
    ctx.body = presentDeadLettersChange(change);
  };
}
