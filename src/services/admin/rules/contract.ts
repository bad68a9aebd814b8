import { exampleIds } from '../../../http/openapi/examples.js';
import { answers, type Contract } from '../../../http/openapi/routeDescription.js';

export const ruleContract: Contract = {
  tag: 'Rules',
  description: 'Who may buy: what rules are made of, and what they say.',
  routes: {
    'GET /admin/rules/filters': {
      operationId: 'listFilters',
      summary: 'The filters that a rule can name',
      answers: answers('FiltersAnswer', {
        filters: [
          {
            name: 'untrustworthy',
            description: 'nobody on the deny list',
            schema: { type: 'object', properties: {}, additionalProperties: false },
            example: { name: 'untrustworthy', rule: {} },
          },
        ],
      }),
    },
    'POST /admin/spike/:id/rule/check': {
      operationId: 'checkRule',
      summary: 'Why a user may or may not buy',
      description:
        "What each link of the event's rule, or of a draft, says of the user, whatever the links before it say. Nothing is changed or cached.",
      id: 'event',
      body: { userId: exampleIds.user, rule: [{ name: 'allowlist' }] },
      answers: answers('RuleCheckAnswer', {
        eventId: exampleIds.event,
        userId: exampleIds.user,
        eligible: false,
        filter: 'allowlist',
        reason: 'you are not on the list of this event',
        account: { passed: true, reason: null },
        links: [{ name: 'allowlist', settings: {}, passed: false, reason: 'you are not on the list of this event' }],
      }),
      refusals: ['BAD_RULE', 'NOT_FOUND'],
    },
  },
};
