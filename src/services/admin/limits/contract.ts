import { exampleIds, exampleLimits } from '../../../http/openapi/examples.js';
import { answers, type Contract } from '../../../http/openapi/routeDescription.js';

const ofAll = { scope: 'global', eventId: null, limits: exampleLimits };
const ofEvent = { scope: 'event', eventId: exampleIds.event, limits: exampleLimits };

export const limitContract: Contract = {
  tag: 'Limits',
  description: 'How fast and how much one may ask, while the sale runs. A change is in force within a second.',
  routes: {
    'GET /admin/limits': {
      operationId: 'showLimits',
      summary: 'The limits for all events',
      answers: answers('LimitsAnswer', ofAll),
    },
    'PUT /admin/limits': {
      operationId: 'changeLimits',
      summary: 'Change some of them',
      body: { userBurst: 40, queueFactor: null },
      answers: answers('LimitsAnswer', ofAll),
    },
    'GET /admin/spike/:id/limits': {
      operationId: 'showEventLimits',
      summary: 'The limits of one event, and where each comes from',
      id: 'event',
      answers: answers('LimitsAnswer', ofEvent),
      refusals: ['NOT_FOUND'],
    },
    'PUT /admin/spike/:id/limits': {
      operationId: 'changeEventLimits',
      summary: 'Change some of them',
      id: 'event',
      body: { userBurst: 20, queueFactor: null },
      answers: answers('LimitsAnswer', ofEvent),
      refusals: ['NOT_FOUND'],
    },
  },
};
