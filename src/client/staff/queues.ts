import type { QueuesAnswer } from '../answers.js';
import type { Calls } from './calls.js';

export function queueCalls({ get }: Calls) {
  return {
    listQueues: () => get<QueuesAnswer>('/queues'),
  };
}
