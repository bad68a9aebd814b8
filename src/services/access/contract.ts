import { exampleIds } from '../../http/openapi/examples.js';
import { answers, type Contract } from '../../http/openapi/routeDescription.js';

const pair = { userId: exampleIds.user, eventId: exampleIds.event };

export const accessContract: Contract = {
  tag: 'Between the services',
  description: 'What one service asks another, with the token that they share. The ingress routes none of it.',
  isInternal: true,
  routes: {
    'POST /access/check': {
      operationId: 'decideAccess',
      summary: 'May these users buy in these events',
      description:
        'One pair, or up to 256 of them. A stranger or an unknown event is an answer too. `undecided` are the pairs about which nothing can be said because a store is away.',
      body: { pairs: [pair] },
      answers: answers('AccessCheckAnswer', {
        decisions: [{ ...pair, ruleVersion: 1, eligible: true }],
        undecided: [],
      }),
    },
  },
};
