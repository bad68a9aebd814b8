import { exampleEvent } from '../../../http/openapi/examples.js';
import { answers, type Contract } from '../../../http/openapi/routeDescription.js';

const { id, title, quantity } = exampleEvent;
const plan = {
  id,
  title,
  fence: '1',
  changes: [{ what: 'available', before: 98, after: 99, ids: [] }],
  ok: false,
};

export const truthContract: Contract = {
  tag: 'Truth',
  description: 'Whether the stores agree.',
  routes: {
    'GET /admin/audit': {
      operationId: 'audit',
      summary: 'The invariants, proved by ids',
      description: 'Of one event or of all. What it finds is still a 200: see `ok`.',
      answers: answers('StaffAuditAnswer', {
        ok: true,
        events: [
          {
            id,
            title,
            quantity,
            available: 99,
            pending: 0,
            sold: 1,
            oversold: 0,
            duplicates: [],
            overLimit: [],
            lost: [],
            stuck: [],
            deadLettered: [],
            problems: [],
            ok: true,
          },
        ],
      }),
      refusals: ['NOT_FOUND'],
    },
    'GET /admin/spike/:id/reconcile': {
      operationId: 'planReconcile',
      summary: "What a rebuild of the event's stock would change",
      id: 'event',
      answers: answers('ReconcileAnswer', { event: plan }),
      refusals: ['NOT_FOUND'],
    },
    'POST /admin/spike/:id/reconcile': {
      operationId: 'reconcile',
      summary: 'Begin to rebuild the stock',
      description:
        'Purchases answer `STOCK_REBUILDING` until the order service has drained the queue and built the stock anew, which is when the fence of the event is above the one in the answer.',
      id: 'event',
      answers: answers('ReconcileAnswer', { event: plan }, { status: 202, description: 'Begun.' }),
      refusals: ['NOT_FOUND', 'EVENT_OVERSOLD', 'NO_CONSUMER'],
    },
  },
};
