import type { OrderAnswer, OrderFilter, OrdersAnswer, Page } from '../answers.js';
import { part, type Calls } from './calls.js';

export function orderCalls({ get }: Calls) {
  return {
    listOrders: (filter: OrderFilter & Page = {}) => get<OrdersAnswer>('/orders', { ...filter }),
    showOrder: (id: string) => get<OrderAnswer>(`/orders/${part(id)}`),
  };
}
