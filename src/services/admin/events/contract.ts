import { exampleEvent, exampleIds, exampleNewEvent } from '../../../http/openapi/examples.js';
import { answers, type Contract, type RouteDescription } from '../../../http/openapi/routeDescription.js';

const event = exampleEvent;
const { commodityId, ...draft } = exampleNewEvent;

export const staffEventContract: Contract = {
  tag: 'Sale events',
  description: 'To make, change and steer what is sold. In force everywhere within a second.',
  routes: {
    'GET /admin/spike/all': {
      operationId: 'staffListEvents',
      summary: 'All events, the newest first',
      description: 'Those that are over included; with `key` the one that has it.',
      answers: answers('StaffEventsAnswer', { events: [event], next: null }),
    },
    'GET /admin/spike/:id': {
      operationId: 'staffShowEvent',
      summary: 'One event, with its stock and its answers',
      id: 'event',
      answers: answers('StaffEventAnswer', { event }),
      refusals: ['NOT_FOUND'],
    },
    'POST /admin/spike/add': {
      operationId: 'createEvent',
      summary: 'A new event, with its stock in Redis as soon as this answers',
      body: exampleNewEvent,
      answers: answers('StaffEventAnswer', { event }, { status: 201, description: 'Made.' }),
      refusals: ['BAD_RULE', 'EVENT_EXISTS'],
    },
    'POST /admin/spike/check': {
      operationId: 'checkEvent',
      summary: 'What a new event would be; makes nothing',
      description: 'Whether its key is free only the making can tell.',
      body: draft,
      answers: answers('EventDraftAnswer', {
        event: { ...draft, commodityId: null, purchaseLimit: 1, paymentWindowSeconds: 900, limits: {} },
      }),
      refusals: ['BAD_RULE'],
    },
    'PUT /admin/spike/:id': {
      operationId: 'changeEvent',
      summary: 'Change some of its fields',
      description:
        'The price and the start only before it starts. Of `limits` only those that are given change; null goes back to what holds for all events. A changed rule makes the tickets from before invalid. With `dryRun` nothing is changed.',
      id: 'event',
      body: { title: 'Lamps at a third', limits: { userBurst: 20 } },
      answers: answers('ChangedEventAnswer', {
        event: { ...event, title: 'Lamps at a third' },
        changes: [{ field: 'title', before: event.title, after: 'Lamps at a third' }],
      }),
      refusals: ['BAD_RULE', 'NOT_FOUND', 'EVENT_STATE'],
    },
    'POST /admin/spike/:id/restock': {
      operationId: 'restockEvent',
      summary: 'More units, or fewer',
      description:
        '`by` adds or takes; `quantity` says how many there are to be, and is safe to repeat. Fewer only down to what is free.',
      id: 'event',
      body: { quantity: 150 },
      answers: answers('StaffEventAnswer', { event: { ...event, quantity: 150, available: 149 } }),
      refusals: ['NOT_FOUND', 'EVENT_STATE', 'NOT_ENOUGH_FREE', 'STOCK_REBUILDING'],
    },
    'DELETE /admin/spike/:id': {
      operationId: 'deleteEvent',
      summary: 'Delete an event that nobody ever ordered in',
      description: 'Its key is free again. With `dryRun` it only says whether it could be deleted.',
      id: 'event',
      answers: answers('DeletedAnswer', { id: exampleIds.event }),
      refusals: ['NOT_FOUND', 'EVENT_HAS_ORDERS', 'STOCK_REBUILDING'],
    },
    'POST /admin/spike/:id/warm': {
      operationId: 'warmEvent',
      summary: 'Bring to Redis what a sale needs there, and check it',
      description: 'Safe at any time, and to repeat.',
      id: 'event',
      answers: answers('WarmEventAnswer', {
        ready: true,
        checks: [{ name: 'stock', ok: true, detail: '99 of 100 units are available', next: null }],
        event,
      }),
      refusals: ['NOT_FOUND'],
    },
    'POST /admin/spike/:id/pause': switched('pauseEvent', 'Sell nothing until it is resumed', 'paused', [
      'EVENT_STATE',
    ]),
    'POST /admin/spike/:id/resume': switched('resumeEvent', 'Sell on', 'open', ['EVENT_STATE']),
    'POST /admin/spike/:id/close': switched('closeEvent', 'End it for good', 'closed', []),
  },
};

function switched(
  operationId: string,
  summary: string,
  state: string,
  refusals: NonNullable<RouteDescription['refusals']>,
): RouteDescription {
  return {
    operationId,
    summary,
    description: 'Again is the same as once, with `changed: false`.',
    id: 'event',
    answers: answers('SwitchedEventAnswer', { event: { ...event, state }, changed: true }),
    refusals: ['NOT_FOUND', ...refusals],
  };
}
