import { exampleHistory, exampleIds, exampleOrder } from '../../../http/openapi/examples.js';
import { answers, type Contract } from '../../../http/openapi/routeDescription.js';

const ended = { ...exampleOrder, endedAt: '2030-01-01T12:30:00.000Z' };
const orderId = exampleIds.order;

export const staffOrderContract: Contract = {
  tag: 'Orders of all shoppers',
  description: "Everybody's orders. Of staff, the shopper and the expiry exactly one ends an order.",
  routes: {
    'GET /admin/orders': {
      operationId: 'staffListOrders',
      summary: 'The newest reservation first',
      description: 'Those that are still `pending` are on the first page.',
      answers: answers('OrdersAnswer', { orders: [exampleOrder], next: null }),
    },
    'POST /admin/orders/find': {
      operationId: 'findOrders',
      summary: 'Where each of many orders stands',
      body: { ids: [orderId] },
      answers: answers('FoundOrdersAnswer', { orders: [{ id: orderId, state: 'ordered', userId: exampleIds.user }] }),
    },
    'GET /admin/orders/:id': {
      operationId: 'staffShowOrder',
      summary: 'One order, with all that happened to it',
      id: 'order',
      answers: answers('StaffOrderAnswer', { order: exampleOrder, history: exampleHistory }),
      refusals: ['NOT_FOUND'],
    },
    'POST /admin/orders/:id/cancel': {
      operationId: 'staffCancelOrder',
      summary: 'End an ordered one; its units return to the sale',
      id: 'order',
      body: { reason: 'out of stock' },
      answers: answers('StaffOrderAnswer', { order: { ...ended, state: 'cancelled' }, history: exampleHistory }),
      refusals: ['NOT_FOUND', 'ORDER_NOT_CANCELLABLE', 'ORDER_STILL_PENDING'],
    },
    'POST /admin/orders/:id/refund': {
      operationId: 'refundOrder',
      summary: 'End a paid one; its units return to the sale',
      id: 'order',
      body: { reason: 'arrived broken' },
      answers: answers('StaffOrderAnswer', { order: { ...ended, state: 'refunded' }, history: exampleHistory }),
      refusals: ['NOT_FOUND', 'ORDER_NOT_REFUNDABLE', 'ORDER_STILL_PENDING'],
    },
  },
};
