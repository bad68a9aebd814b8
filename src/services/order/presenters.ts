import type { OrderView } from '../../domain/wire.js';

export function presentOne(order: OrderView) {
  return { status: 'success', order } as const;
}

export function presentPage(orders: readonly OrderView[], next: string | null) {
  return { status: 'success', orders, next } as const;
}
