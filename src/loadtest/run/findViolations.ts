import type { EventAudit } from '../../domain/wire.js';
import type { FoundOrderState } from '../../domain/wire/orders.js';
import type { CorrectnessMetric } from '../thresholds.js';
import type { ToldOrder, Wrongs } from '../worker/messages.js';

export interface Evidence {
  event: { quantity: number; purchaseLimit: number };
  /** What the buyers of this run were told. */
  orders: readonly ToldOrder[];
  wrongs: Wrongs;
  /** Where these orders stand now. */
  found: ReadonlyMap<string, FoundOrderState>;
  /** Null when it could not be asked: then it proves nothing. */
  audit: EventAudit | null;
}

/** Offenders of each kind: ids of orders or users where there are any, else one entry for each case. */
export type Violations = Record<CorrectnessMetric, string[]>;

/** What gives the units of an order back, and its ticket. */
const hasEnded: ReadonlySet<string> = new Set(['cancelled', 'expired', 'refunded']);
const holdsUnits: ReadonlySet<string> = new Set(['pending', 'ordered', 'paid']);
/** What may become of an order that its buyer was told to be so; staff may refund, and time expires. */
const mayBe: Readonly<Record<ToldOrder['told'], ReadonlySet<string>>> = {
  ordered: new Set(['pending', 'ordered', 'expired', 'cancelled', 'refunded', 'paid']),
  paid: new Set(['paid', 'refunded']),
  cancelled: new Set(['cancelled']),
};

/**
 * Compares what the buyers were told with what the stores have, and adds what the audit of the event found. Both are needed: the
 * audit knows nothing of an order that was told and left no trace anywhere, and the buyers know nothing of each other.
 */
export function findViolations({ event, orders, wrongs, found, audit }: Evidence): Violations {
  const stateOf = ({ orderId }: ToldOrder) => found.get(orderId)?.state ?? null;
  const held = orders.filter((order) => holdsUnits.has(stateOf(order) ?? ''));
  const ids = (some: readonly ToldOrder[]) => some.map(({ orderId }) => orderId);
  const lost = orders.filter((order) => stateOf(order) === null);
  const stuck = orders.filter((order) => stateOf(order) === 'pending');
  const wrongState = orders.filter((order) => {
    const { state, userId } = found.get(order.orderId) ?? { state: null, userId: null };
    return state !== null && (!mayBe[order.told].has(state) || userId !== order.userId);
  });
  const secondOrders = wrongs.secondOrders.filter(
    ({ firstOrderId }) => !hasEnded.has(found.get(firstOrderId)?.state ?? ''),
  );
  return {
    oversold: oversold(ids(held), event.quantity, audit),
    lost: union(ids(lost), audit?.lost),
    duplicates: union([...repeated(ids(orders)), ...secondOrders.map(({ orderId }) => orderId)], audit?.duplicates),
    overLimit: union(usersOver(held, event.purchaseLimit), audit?.overLimit),
    stuck: union(ids(stuck), audit?.stuck),
    wrongState: ids(wrongState),
    forgedAccepted: cases('a forged ticket was accepted', wrongs.forgedAccepted),
    sharedAccepted: cases("another buyer's ticket was accepted", wrongs.sharedAccepted),
    auditProblems: audit === null ? ['the audit could not be asked'] : union(audit.deadLettered, audit.problems),
  };
}

/** One entry for each unit beyond the quantity: as the stores say, and as far as this run alone proves it. */
function oversold(held: readonly string[], quantity: number, audit: EventAudit | null): string[] {
  const beyond = held.slice(quantity);
  const more = Math.max(0, (audit?.oversold ?? 0) - beyond.length);
  return [...beyond, ...cases('a unit beyond the quantity', more)];
}

function usersOver(held: readonly ToldOrder[], purchaseLimit: number): string[] {
  const units = new Map<string, number>();
  for (const { userId } of held) units.set(userId, (units.get(userId) ?? 0) + 1);
  return [...units].flatMap(([userId, count]) => (count > purchaseLimit ? [userId] : []));
}

function repeated(ids: readonly string[]): string[] {
  const seen = new Set<string>();
  return ids.filter((id) => seen.size === seen.add(id).size);
}

function union(some: readonly string[], more: readonly string[] | undefined): string[] {
  return [...new Set([...some, ...(more ?? [])])];
}

function cases(what: string, count: number): string[] {
  return Array.from({ length: count }, () => what);
}
