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

/** Redis at one moment. */
export interface AuditedStock {
  code: 'OK' | 'NO_EVENT' | 'STALE';
  nowMs: number;
  event: { quantity: number; available: number; sequence: number };
  buyers: ReadonlyMap<string, { orders: readonly { orderId: string; quantity: number }[] }>;
  pending: readonly Reservation[];
  /** Order id → why it could not be stored. */
  parked: ReadonlyMap<string, string>;
}

export interface AuditInput {
  event: { id: string; title: string; quantity: number; sold: number };
  orders: readonly AuditedOrder[];
  /** Units per user as MySQL counts them. */
  counts: readonly { userId: string; units: number; unitsMax: number }[];
  /** Read before MySQL; undefined when Redis did not answer. */
  snapshot: AuditedStock | undefined;
  stuckAfterSeconds: number;
}

type Findings = Pick<EventAudit, 'available' | 'pending' | 'oversold' | 'lost' | 'stuck' | 'deadLettered' | 'problems'>;

/**
 * The invariants of one event, judged by ids:
 *
 * - MySQL alone: the units sold are those of its ordered and paid orders, in total and for each user, at most the quantity and
 *   the limit; one ticket has at most one order that holds units.
 * - Redis alone, at one moment: quantity = available + the units of all orders that its buyers hold.
 * - Both: each held order is in MySQL or in `pending` (one that is in neither was promised and is **lost**), and each order
 *   that holds units in MySQL is held in Redis.
 */
export function judgeEvent(input: AuditInput): EventAudit {
  const { event, orders, snapshot } = input;
  const holding = orders.filter(holdsUnits);
  const soldUnits = sum(holding);
  const duplicates = findDuplicates(holding);
  const overLimit = input.counts.filter((count) => count.units > count.unitsMax).map((count) => count.userId);
  const redis = judgeStock(input, snapshot);
  const oversold = Math.max(redis.oversold, soldUnits - event.quantity);
  const problems = [...compareSold(event.sold, soldUnits), ...compareCounts(input.counts, holding), ...redis.problems];
  const lists = [duplicates, overLimit, redis.lost, redis.stuck, redis.deadLettered, problems];
  return {
    id: event.id,
    title: event.title,
    quantity: event.quantity,
    available: redis.available,
    pending: redis.pending,
    sold: soldUnits,
    oversold,
    duplicates,
    overLimit,
    lost: redis.lost,
    stuck: redis.stuck,
    deadLettered: redis.deadLettered,
    problems,
    ok: oversold === 0 && lists.every((list) => list.length === 0),
  };
}

function judgeStock(input: AuditInput, snapshot: AuditedStock | undefined): Findings {
  const unknown = { available: null, pending: null, oversold: 0, lost: [], stuck: [], deadLettered: [] };
  if (snapshot === undefined) return { ...unknown, problems: ['Redis did not answer.'] };
  if (snapshot.code !== 'OK') {
    const why = snapshot.code === 'STALE' ? 'was restarted' : 'does not have the event';
    return {
      ...unknown,
      problems: [`Redis ${why}; the order service rebuilds it by itself. Audit again in some seconds.`],
    };
  }
  const stored = new Map(input.orders.map((order) => [order.orderId, order]));
  const held = new Map(
    [...snapshot.buyers.values()].flatMap((buyer) => buyer.orders.map((order) => [order.orderId, order])),
  );
  const unstored = snapshot.pending.filter((reservation) => !stored.has(reservation.orderId));
  const unstoredIds = new Set(unstored.map((reservation) => reservation.orderId));
  const stuckBeforeMs = snapshot.nowMs - input.stuckAfterSeconds * 1000;
  const { available, quantity } = snapshot.event;
  const heldUnits = sum([...held.values()]);
  return {
    available,
    pending: sum(unstored),
    oversold: Math.max(0, heldUnits - quantity, -available),
    lost: [...held.keys()].filter((id) => !stored.has(id) && !unstoredIds.has(id)),
    stuck: unstored
      .filter((reservation) => reservation.reservedAtMs <= stuckBeforeMs && !snapshot.parked.has(reservation.orderId))
      .map((reservation) => reservation.orderId),
    deadLettered: [...snapshot.parked.keys()].filter((id) => !stored.has(id)),
    problems: [
      ...(quantity === input.event.quantity
        ? []
        : [`Redis has a quantity of ${quantity}, MySQL of ${input.event.quantity}.`]),
      ...(available + heldUnits === quantity
        ? []
        : [`Redis does not add up: ${available} available + ${heldUnits} held is not ${quantity}.`]),
      ...input.orders.flatMap((order) => compareHolding(order, held.has(order.orderId), snapshot.event.sequence)),
    ],
  };
}

/**
 * An order that was reserved after the snapshot (a higher sequence) cannot be in it; one whose unit is on its way back may
 * still be.
 */
function compareHolding(order: AuditedOrder, isHeld: boolean, sequence: number): string[] {
  const isInSnapshot = Number(order.sequence) <= sequence;
  if (holdsUnits(order)) {
    return isHeld || !isInSnapshot ? [] : [`Order ${order.orderId} holds units in MySQL and not in Redis.`];
  }
  const isReturned = order.unitReturnDue === 0;
  return isHeld && isReturned ? [`Order ${order.orderId} is ${order.state} and still holds units in Redis.`] : [];
}

/** One ticket buys once: of two orders that hold units for one ticket, the later one is a duplicate. */
function findDuplicates(holding: readonly AuditedOrder[]): string[] {
  const seen = new Set<string>();
  const duplicates: string[] = [];
  for (const order of [...holding].sort((a, b) => Number(a.sequence) - Number(b.sequence))) {
    const key = `${order.userId}/${order.ticketId}`;
    if (seen.has(key)) duplicates.push(order.orderId);
    seen.add(key);
  }
  return duplicates;
}

function compareSold(counted: number, held: number): string[] {
  return counted === held ? [] : [`The event counts ${counted} units sold, its orders hold ${held}.`];
}

function compareCounts(counts: AuditInput['counts'], holding: readonly AuditedOrder[]): string[] {
  const unitsByOrders = new Map<string, number>();
  for (const { userId, quantity } of holding) unitsByOrders.set(userId, (unitsByOrders.get(userId) ?? 0) + quantity);
  const unitsByCount = new Map(counts.map((count) => [count.userId, count.units]));
  const userIds = new Set([...unitsByOrders.keys(), ...unitsByCount.keys()]);
  return [...userIds].flatMap((userId) => {
    const held = unitsByOrders.get(userId) ?? 0;
    const counted = unitsByCount.get(userId) ?? 0;
    return held === counted ? [] : [`User ${userId} holds ${held} units by orders and ${counted} by the count.`];
  });
}

function holdsUnits(order: AuditedOrder): boolean {
  return order.state === 'ordered' || order.state === 'paid';
}

function sum(items: readonly { quantity: number }[]): number {
  return items.reduce((total, item) => total + item.quantity, 0);
}
