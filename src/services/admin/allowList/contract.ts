import { exampleIds, exampleTime, exampleUser } from '../../../http/openapi/examples.js';
import { answers, type Contract } from '../../../http/openapi/routeDescription.js';

const { phone } = exampleUser;
const change = {
  eventId: exampleIds.event,
  changed: 1,
  unchanged: 0,
  unknown: { userIds: [], phones: [] },
  total: 1,
  inRule: false,
};

export const allowListContract: Contract = {
  tag: 'Rules',
  description: 'Who may buy: what rules are made of, and what they say.',
  routes: {
    'GET /admin/spike/:id/allow': {
      operationId: 'listAllowed',
      summary: 'Who is on the allow list of the event',
      description: 'Those who registered last come first.',
      id: 'event',
      answers: answers('AllowListAnswer', {
        users: [{ userId: exampleIds.user, phone, name: 'Anna', allowedBy: 'admin', allowedAt: exampleTime }],
        total: 1,
        inRule: false,
        next: null,
      }),
      refusals: ['NOT_FOUND'],
    },
    'POST /admin/spike/:id/allow': {
      operationId: 'allowUsers',
      summary: 'Onto the allow list of the event',
      description:
        'Who does not exist is named, and the others are changed. Again is the same as once. With `dryRun` nothing is changed.',
      id: 'event',
      body: { phones: [phone] },
      answers: answers('AllowListChangeAnswer', change),
      refusals: ['NOT_FOUND'],
    },
    'POST /admin/spike/:id/allow/remove': {
      operationId: 'disallowUsers',
      summary: 'Off the allow list of the event',
      description: 'A POST, because a proxy may drop the body of a DELETE. With `dryRun` nothing is changed.',
      id: 'event',
      body: { phones: [phone] },
      answers: answers('AllowListChangeAnswer', { ...change, total: 0 }),
      refusals: ['NOT_FOUND'],
    },
  },
};
