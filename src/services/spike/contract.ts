import { exampleIds, exampleTicket } from '../../http/openapi/examples.js';
import { answers, type Contract } from '../../http/openapi/routeDescription.js';

const purchase = { orderId: exampleIds.order, state: 'pending', rest: 99, msg: 'rest: 99' };

export const purchaseContract: Contract = {
  tag: 'Purchase',
  description: 'Fetch a ticket, spend it. Both routes are limited by user and event.',
  routes: {
    'GET /spike/:id': {
      operationId: 'fetchTicket',
      summary: 'A ticket, for this user and this event alone',
      description: 'Valid for two minutes; dead when the rule of the event changes.',
      id: 'event',
      answers: answers('TicketAnswer', { token: exampleTicket, expire: '2030-01-01T12:02:00.000Z' }),
      refusals: [
        'NOT_ELIGIBLE',
        'NOT_FOUND',
        'EVENT_ENDED',
        'EVENT_NOT_STARTED',
        'TOO_MANY_REQUESTS',
        'EVENT_PAUSED',
        'STOCK_REBUILDING',
        'OVERLOADED',
      ],
    },
    'POST /spike/:id/:ticket': {
      operationId: 'purchase',
      summary: 'Spend the ticket: the purchase',
      description:
        'Of one unit, or of as many as the body says. Who was told yes always finds the order at `GET /order/{id}`. The same ticket sent again is answered with the order that it bought, as `ALREADY_ORDERED` or `LIMIT_REACHED`: a lost answer is no reason not to repeat.',
      id: 'event',
      body: { quantity: 1 },
      answers: {
        ...answers('PurchaseAnswer', purchase, { description: 'The units are taken, and the broker has the order.' }),
        ...answers('PurchaseAnswer', purchase, {
          status: 202,
          description: 'The units are taken, and the order is on its way: ask for it.',
        }),
      },
      refusals: [
        'TICKET_INVALID',
        'TICKET_EXPIRED',
        'NOT_FOUND',
        'SOLD_OUT',
        'ALREADY_ORDERED',
        'LIMIT_REACHED',
        'EVENT_ENDED',
        'EVENT_NOT_STARTED',
        'TOO_MANY_REQUESTS',
        'EVENT_PAUSED',
        'OVERLOADED',
        'STOCK_REBUILDING',
      ],
    },
  },
};
