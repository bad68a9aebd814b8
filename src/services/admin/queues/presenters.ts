import type { QueueView } from '../../../domain/wire.js';

const status = 'success';

export function presentQueues(queues: QueueView[]) {
  return { status, queues };
}
