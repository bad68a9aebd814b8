import type { OrderView } from '../../../domain/wire.js';

const status = 'success';

export function presentOrder(order: OrderView) {
  return { status, order };
}

export function presentOrders(orders: OrderView[], next: string | null) {
  return { status, orders, next };
}
