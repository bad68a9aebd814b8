import type { Reservation, StoredOrderState } from './order.js';
import type { EventAudit } from './wire.js';

/** An order as the audit reads it. */
export interface AuditedOrder {
  orderId: string;
  userId: string;
  quantity: number;
  state: StoredOrderState;
  ticketId: string;
  sequence: number | string;
  /** 1 while the unit of an ended order may not be back in Redis. */
  unitReturnDue: number;
}

export interface AuditInput {
  event: { id: string; title: string; quantity: number; sold: number };
  orders: readonly AuditedOrder[];
  /** Units per user as MySQL counts them. */
  counts: readonly { userId: string; units: number; unitsMax: number }[];
  /** Redis at one moment, read before MySQL; undefined when Redis did not answer. */
  snapshot:
    | {
        code: 'OK' | 'NO_EVENT' | 'STALE';
        nowMs: number;
        event: { quantity: number; available: number; sequence: number };
        buyers: ReadonlyMap<
          string,
          { units: number; orders: readonly { orderId: string; ticketId: string; quantity: number }[] }
        >;
        pending: readonly Reservation[];
        parked: ReadonlyMap<string, string>;
      }
    | undefined;
  stuckAfterSeconds: number;
}

/**
 * The invariants of one event, judged by ids:
 *
 * - Redis alone, at one moment: quantity = available + the units of all orders that its buyers hold.
 * - Each held order is in MySQL or in `pending`; one that is in neither was promised and is **lost**.
 * - Each order in MySQL that holds units is held in Redis too. Orders reserved after the snapshot (a higher sequence) are not
 *   looked for; orders whose unit is on its way back may still be held.
 * - MySQL alone: the units sold are those of its ordered and paid orders, in total and for each user.
 */
export function judgeEvent(input: AuditInput): EventAudit {
  const { event, orders, snapshot } = input;
  const holding = orders.filter((order) => order.state === 'ordered' || order.state === 'paid');
  const soldUnits = sum(holding);
  const problems: string[] = [];
  if (soldUnits !== event.sold) {
    problems.push(`The event counts ${event.sold} units sold, its orders hold ${soldUnits}.`);
  }
  const overLimit = new Set(input.counts.filter((count) => count.units > count.unitsMax).map((count) => count.userId));
  problems.push(...compareCounts(input, holding));

  const storedIds = new Set(orders.map((order) => order.orderId));
  const lost: string[] = [];
  const stuck: string[] = [];
  let oversold = Math.max(0, soldUnits - event.quantity);
  let available: number | null = null;
  let pendingUnits: number | null = null;
  if (snapshot === undefined) {
    problems.push('Redis did not answer.');
  } else if (snapshot.code === 'NO_EVENT') {
    problems.push(
      'Redis does not have the event. The order service rebuilds it by itself; look again in some seconds.',
    );
  } else if (snapshot.code === 'STALE') {
    problems.push('Redis was restarted and the stock is not rebuilt yet; look again in some seconds.');
  } else {
    available = snapshot.event.available;
    const pendingIds = new Set(snapshot.pending.map((reservation) => reservation.orderId));
    const unstored = snapshot.pending.filter((reservation) => !storedIds.has(reservation.orderId));
    pendingUnits = sum(unstored);
    const heldIds = new Set<string>();
    let heldUnits = 0;
    for (const { orders: heldOrders } of snapshot.buyers.values()) {
      for (const held of heldOrders) {
        heldIds.add(held.orderId);
        heldUnits += held.quantity;
        if (!storedIds.has(held.orderId) && !pendingIds.has(held.orderId)) lost.push(held.orderId);
      }
    }
    if (snapshot.event.quantity !== event.quantity) {
      problems.push(`Redis has a quantity of ${snapshot.event.quantity}, MySQL of ${event.quantity}.`);
    }
    if (available + heldUnits !== snapshot.event.quantity) {
      problems.push(
        `Redis does not add up: ${available} available + ${heldUnits} held is not ${snapshot.event.quantity}.`,
      );
    }
    oversold = Math.max(oversold, heldUnits - snapshot.event.quantity, -available, 0);
    for (const order of holding) {
      const isInSnapshot = Number(order.sequence) <= snapshot.event.sequence;
      if (isInSnapshot && !heldIds.has(order.orderId)) {
        problems.push(`Order ${order.orderId} holds units in MySQL and not in Redis.`);
      }
    }
    for (const order of orders) {
      const hasEnded = order.state !== 'ordered' && order.state !== 'paid';
      if (hasEnded && order.unitReturnDue === 0 && heldIds.has(order.orderId)) {
        problems.push(`Order ${order.orderId} is ${order.state} and still holds units in Redis.`);
      }
    }
    const stuckBeforeMs = snapshot.nowMs - input.stuckAfterSeconds * 1000;
    for (const reservation of unstored) {
      const isParked = snapshot.parked.has(reservation.orderId);
      if (!isParked && reservation.reservedAtMs <= stuckBeforeMs) stuck.push(reservation.orderId);
    }
  }
  const duplicates = findDuplicates(orders);
  const deadLettered = snapshot === undefined ? [] : [...snapshot.parked.keys()].filter((id) => !storedIds.has(id));
  const lists = [duplicates, [...overLimit], lost, stuck, deadLettered, problems];
  return {
    id: event.id,
    title: event.title,
    quantity: event.quantity,
    available,
    pending: pendingUnits,
    sold: soldUnits,
    oversold,
    duplicates,
    overLimit: [...overLimit],
    lost,
    stuck,
    deadLettered,
    problems,
    ok: oversold === 0 && lists.every((list) => list.length === 0),
  };
}

/** One ticket buys once: of two orders that hold units for one ticket, the later one is a duplicate. */
function findDuplicates(orders: readonly AuditedOrder[]): string[] {
  const first = new Map<string, AuditedOrder>();
  const duplicates: string[] = [];
  for (const order of [...orders].sort((a, b) => Number(a.sequence) - Number(b.sequence))) {
    if (order.state !== 'ordered' && order.state !== 'paid') continue;
    const key = `${order.userId}/${order.ticketId}`;
    if (first.has(key)) duplicates.push(order.orderId);
    else first.set(key, order);
  }
  return duplicates;
}

function compareCounts(input: AuditInput, holding: readonly AuditedOrder[]): string[] {
  const units = new Map<string, number>();
  for (const order of holding) units.set(order.userId, (units.get(order.userId) ?? 0) + order.quantity);
  const problems: string[] = [];
  for (const count of input.counts) {
    const held = units.get(count.userId) ?? 0;
    if (held !== count.units) {
      problems.push(`User ${count.userId} holds ${held} units by orders and ${count.units} by the count.`);
    }
    units.delete(count.userId);
  }
  for (const [userId, held] of units) problems.push(`User ${userId} holds ${held} units that are not counted.`);
  return problems;
}

function sum(items: readonly { quantity: number }[]): number {
  return items.reduce((total, item) => total + item.quantity, 0);
}
