import type { Handler } from '../../../http/context.js';
import type { QueueReader } from '../../../stores/rabbitmq/createQueueReader.js';
import { topology } from '../../../stores/rabbitmq/topology.js';
import { readUnacked } from '../../../stores/redis/consumers.js';
import type { AdminStores } from '../adminStores.js';
import { presentQueues } from './presenters.js';

/** `GET /admin/queues`: what waits, what is in the consumers' hands, and who consumes. */
export function createListQueues({ redis }: AdminStores, queues: QueueReader): Handler {
  return async (ctx) => {
    const [depths, unacked] = await Promise.all([queues.read(), readUnacked(redis)]);
    // Nobody consumes dead letters: they are only looked at and sent again.
    ctx.body = presentQueues(
      depths.map((depth) => ({ ...depth, unacked: depth.name === topology.queue ? unacked : 0 })),
    );
  };
}
