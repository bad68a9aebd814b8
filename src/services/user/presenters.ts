import type { AccessDecision } from '../../http/accessClient.js';
import type { OrderView, ShopEventView } from '../../domain/wire.js';

export function presentToken(token: { token: string; expire: string }) {
  return { status: 'success', ...token } as const;
}

export function presentRegistered(token: { token: string; expire: string }, userId: string) {
  return { status: 'success', ...token, userId } as const;
}

/** `serverTime` lets a page count down to the start by our clock and not by the shopper's. */
export function presentEvents({ events, next }: { events: ShopEventView[]; next: string | null }) {
  return { status: 'success', events, next, serverTime: new Date().toISOString() } as const;
}

export function presentEvent(event: ShopEventView) {
  return { status: 'success', event, serverTime: new Date().toISOString() } as const;
}

export function presentAccess(decision: AccessDecision) {
  return {
    status: 'success',
    eligible: decision.eligible,
    reason: decision.eligible ? null : decision.reason,
  } as const;
}

export function presentOrders(orders: OrderView[]) {
  return { status: 'success', orders, next: null } as const;
}
