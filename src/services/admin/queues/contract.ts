import { exampleIds, exampleTime } from '../../../http/openapi/examples.js';
import { answers, type Contract } from '../../../http/openapi/routeDescription.js';

const change = { letters: 1, orders: 1, unreadable: 0, left: 0 };

export const queueContract: Contract = {
  tag: 'Queues',
  description: 'What is on its way between purchase and order, and what could not be stored.',
  routes: {
    'GET /admin/queues': {
      operationId: 'listQueues',
      summary: 'The queues and who consumes them',
      answers: answers('QueuesAnswer', {
        queues: [{ name: 'spike.orders.v1', ready: 0, unacked: 0, consumers: 1 }],
      }),
    },
    'GET /admin/queues/dead': {
      operationId: 'peekDeadLetters',
      summary: 'The oldest dead letters, which stay',
      answers: answers('DeadLettersAnswer', {
        letters: [
          {
            eventId: exampleIds.event,
            reason: 'quantity must be at least 1',
            orders: [{ id: exampleIds.order, userId: exampleIds.user, quantity: 1, reservedAt: exampleTime }],
            unreadable: null,
          },
        ],
        total: 1,
      }),
    },
    'POST /admin/queues/dead/replay': {
      operationId: 'replayDeadLetters',
      summary: 'Send them to the order queue again',
      body: { eventId: exampleIds.event },
      answers: answers('DeadLettersChangeAnswer', change),
      refusals: ['BUSY'],
    },
    'POST /admin/queues/dead/purge': {
      operationId: 'purgeDeadLetters',
      summary: 'Give them up: their orders are cancelled, their units return',
      body: { eventId: exampleIds.event },
      answers: answers('DeadLettersChangeAnswer', change),
      refusals: ['BUSY'],
    },
  },
};
