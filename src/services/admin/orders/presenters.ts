import type { OrderView } from '../../../domain/wire.js';
import type { FoundOrderState } from '../../../domain/wire/orders.js';
import { presentOrder } from '../../../http/presentOrder.js';
import type { FoundOrder } from '../../../stores/lookUpOrder.js';
import { orderHistory } from './orderHistory.js';

const status = 'success';

/** @param parkedReason see `orderHistory` */
export function presentOrderWithHistory(found: FoundOrder, parkedReason?: string) {
  return { status, order: presentOrder(found), history: orderHistory(found, parkedReason) };
}

export function presentFoundOrders(orders: FoundOrderState[]) {
  return { status, orders };
}

export function presentOrders(orders: OrderView[], next: string | null) {
  return { status, orders, next };
}
