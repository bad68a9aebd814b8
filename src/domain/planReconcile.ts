import type { AuditInput } from './judgeEvent.js';
import type { ReconcileChange } from './wire.js';

/**
 * What a rebuild of the event's stock from MySQL and `pending` would change, and what is wrong with the numbers that MySQL
 * derives from its orders. Empty: the stores agree, and a rebuild would change nothing.
 *
 * Orders that were reserved after the snapshot (a higher sequence) are in MySQL and cannot be in it, so they do not count.
 */
export function planReconcile({ event, orders, counts, snapshot }: AuditInput): ReconcileChange[] {
  const holding = orders.filter((order) => order.state === 'ordered' || order.state === 'paid');
  const derived = [...planSold(event.sold, sumUnits(holding)), ...planCounts(counts, holding)];
  if (snapshot === undefined) return derived;
  if (snapshot.code !== 'OK') {
    const before = snapshot.code === 'STALE' ? 'stale' : 'missing';
    return [{ what: 'stock', before, after: 'rebuilt', ids: [] }, ...derived];
  }
  const storedIds = new Set(orders.map((order) => order.orderId));
  const inSnapshot = holding.filter((order) => Number(order.sequence) <= snapshot.event.sequence);
  const pending = snapshot.pending.filter((reservation) => !storedIds.has(reservation.orderId));
  const heldIds = new Set([...snapshot.buyers.values()].flatMap((buyer) => buyer.orders.map((order) => order.orderId)));
  const shouldHold = [...inSnapshot, ...pending];
  const shouldHoldIds = new Set(shouldHold.map((order) => order.orderId));
  // A unit that is on its way back is the sweeper's business.
  const returning = new Set(orders.filter((order) => order.unitReturnDue === 1).map((order) => order.orderId));
  const missing = [...shouldHoldIds].filter((id) => !heldIds.has(id));
  const extra = [...heldIds].filter((id) => !shouldHoldIds.has(id) && !returning.has(id));
  const unitsReturning = sumUnits(orders.filter((order) => returning.has(order.orderId) && heldIds.has(order.orderId)));
  // What does not fit goes to the dead-letter queue, so that no stock is below nothing.
  const available = Math.max(0, event.quantity - sumUnits(shouldHold) - unitsReturning);
  return [
    ...planNumber('quantity', snapshot.event.quantity, event.quantity),
    ...planNumber('available', snapshot.event.available, available),
    ...planIds('held', missing, 'missing in Redis', 'held'),
    ...planIds('released', extra, 'held in Redis', 'free: no store has the order'),
    ...derived,
  ];
}

/** What both looks found: while a sale runs the stores are some milliseconds apart, but what is really wrong stays wrong. */
export function inBothPlans(earlier: readonly ReconcileChange[], later: readonly ReconcileChange[]): ReconcileChange[] {
  return later.flatMap((change) => {
    const before = earlier.find(({ what }) => what === change.what);
    if (before === undefined) return [];
    if (change.ids.length === 0) return difference(before) === difference(change) ? [change] : [];
    const ids = change.ids.filter((id) => before.ids.includes(id));
    return ids.length === 0 ? [] : [{ ...change, ids }];
  });
}

/** By how much a number is wrong: while units are sold it changes, and its fault does not. */
function difference({ before, after }: ReconcileChange): number | string {
  return typeof before === 'number' && typeof after === 'number' ? after - before : `${before} ${after}`;
}

function planSold(counted: number, held: number): ReconcileChange[] {
  return planNumber('sold', counted, held);
}

function planCounts(counts: AuditInput['counts'], holding: AuditInput['orders']): ReconcileChange[] {
  const held = new Map<string, number>();
  for (const { userId, quantity } of holding) held.set(userId, (held.get(userId) ?? 0) + quantity);
  const counted = new Map(counts.map(({ userId, units }) => [userId, units]));
  const userIds = [...new Set([...held.keys(), ...counted.keys()])];
  const wrong = userIds.filter((id) => (held.get(id) ?? 0) !== (counted.get(id) ?? 0));
  return planIds('counts', wrong, 'units per user counted wrong', 'as their orders hold');
}

function planNumber(what: 'quantity' | 'available' | 'sold', before: number, after: number): ReconcileChange[] {
  return before === after ? [] : [{ what, before, after, ids: [] }];
}

function planIds(
  what: 'held' | 'released' | 'counts',
  ids: string[],
  before: string,
  after: string,
): ReconcileChange[] {
  return ids.length === 0 ? [] : [{ what, before, after, ids }];
}

function sumUnits(orders: readonly { quantity: number }[]): number {
  return orders.reduce((sum, order) => sum + order.quantity, 0);
}
