import { exampleIds, exampleNewEvent } from '../../../http/openapi/examples.js';
import { answers, type Contract } from '../../../http/openapi/routeDescription.js';

const { title, commodityId, priceCents, quantity, startsAt, endsAt } = exampleNewEvent;
const notYetListed = 'nobody is on the list of this event yet';
const settings = { expression: 'user.age >= 18 && event.priceCents < 5000' };

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
    'POST /admin/rules/check': {
      operationId: 'checkRuleDraft',
      summary: 'Why a user could or could not buy in an event that is not made yet',
      description:
        "What each link of the rule says of the user, whatever the links before it say. Nobody is on the event's allow list yet, it has no id, and a condition that asks for a field that is not under `event` refuses and names it. Nothing is changed or cached.",
      body: {
        userId: exampleIds.user,
        rule: [{ name: 'expression', rule: settings }, { name: 'allowlist' }],
        event: { title, commodityId, priceCents, quantity, startsAt, endsAt },
      },
      answers: answers('RuleDraftCheckAnswer', {
        eventId: null,
        userId: exampleIds.user,
        eligible: false,
        filter: 'allowlist',
        reason: notYetListed,
        account: { passed: true, reason: null },
        links: [
          { name: 'expression', settings, passed: true, reason: null },
          { name: 'allowlist', settings: {}, passed: false, reason: notYetListed },
        ],
      }),
      refusals: ['BAD_RULE', 'NOT_FOUND'],
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
