import { exampleOrder } from '../../http/openapi/examples.js';
import { answers, type Contract } from '../../http/openapi/routeDescription.js';

export const orderContract: Contract = {
  tag: 'Orders',
  description: 'What became of a purchase. Of a payment, a cancellation and an expiry exactly one wins.',
  routes: {
    'GET /order/all': {
      operationId: 'listOrders',
      summary: "The user's own orders, the newest first",
      answers: answers('OrdersAnswer', { orders: [exampleOrder], next: null }),
    },
    'GET /order/:id': {
      operationId: 'showOrder',
      summary: 'One of them',
      description: "`pending` until MySQL has it. Somebody else's is not found.",
      id: 'order',
      answers: answers('OrderAnswer', { order: exampleOrder }),
      refusals: ['NOT_FOUND'],
    },
    'POST /order/pay/:id': {
      operationId: 'payOrder',
      summary: 'Pay it',
      description: 'An order that is still on its way is waited for up to two seconds.',
      id: 'order',
      answers: answers('OrderAnswer', {
        order: { ...exampleOrder, state: 'paid', paidAt: '2030-01-01T12:01:00.000Z' },
      }),
      refusals: ['NOT_FOUND', 'ORDER_NOT_PAYABLE', 'ORDER_STILL_PENDING'],
    },
    'POST /order/cancel/:id': {
      operationId: 'cancelOrder',
      summary: 'Cancel it; its units return to the sale',
      description: 'An order that is still on its way is waited for up to two seconds.',
      id: 'order',
      answers: answers('OrderAnswer', {
        order: { ...exampleOrder, state: 'cancelled', endedAt: '2030-01-01T12:01:00.000Z' },
      }),
      refusals: ['NOT_FOUND', 'ORDER_NOT_CANCELLABLE', 'ORDER_STILL_PENDING'],
    },
  },
};
