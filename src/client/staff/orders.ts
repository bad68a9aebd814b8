import type { FoundOrdersAnswer, OrderFilter, OrdersAnswer, Page, StaffOrderAnswer } from '../answers.js';
import { part, type Calls } from './calls.js';

export function orderCalls({ get, send }: Calls) {
  return {
    listOrders: (filter: OrderFilter & Page = {}) => get<OrdersAnswer>('/orders', { ...filter }),
    /** At most 1,000. The state of each: null for what no store has. */
    findOrders: (ids: readonly string[]) => send<FoundOrdersAnswer>('POST', '/orders/find', { ids }),
    showOrder: (id: string) => get<StaffOrderAnswer>(`/orders/${part(id)}`),
    cancelOrder: (id: string, reason?: string) =>
      send<StaffOrderAnswer>('POST', `/orders/${part(id)}/cancel`, { reason }),
    refundOrder: (id: string, reason?: string) =>
      send<StaffOrderAnswer>('POST', `/orders/${part(id)}/refund`, { reason }),
  };
}
