import { exampleIds, exampleToken } from '../../../http/openapi/examples.js';
import { answers, type Contract } from '../../../http/openapi/routeDescription.js';

export const testBuyerContract: Contract = {
  tag: 'Test buyers',
  description: 'Buyers for load tests.',
  routes: {
    'POST /admin/test-buyers': {
      operationId: 'makeTestBuyers',
      summary: 'Make or find up to 1000 of them, and log them in',
      description:
        'They have no password. A number that somebody registered under, and a buyer who is blocked, is left out.',
      body: { from: 0, count: 1 },
      answers: answers('TestBuyersAnswer', {
        made: 1,
        buyers: [{ userId: exampleIds.user, token: exampleToken.token }],
        expire: exampleToken.expire,
      }),
    },
  },
};
