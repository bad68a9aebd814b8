import { describe, expect, test } from '@jest/globals';
import { judgeEvent, type AuditedOrder, type AuditedStock, type AuditInput } from './judgeEvent.js';
import type { Reservation } from './order.js';

const NOW_MS = 1_000_000;

function order(orderId: string, changes: Partial<AuditedOrder> = {}): AuditedOrder {
  const { userId = orderId, ...rest } = changes;
  return {
    orderId,
    userId,
    quantity: 1,
    state: 'ordered',
    ticketId: `t${orderId}`,
    sequence: 1,
    unitReturnDue: 0,
    ...rest,
  };
}

function reservation(orderId: string, reservedAtMs = NOW_MS): Reservation {
  const rest = { eventId: '7', quantity: 1, sequence: 9, priceCents: 1, purchaseLimit: 1, ticketId: `t${orderId}` };
  return { orderId, userId: orderId, reservedAtMs, ...rest };
}

/** Ten units: A and B stored, C on its way, seven left. */
function sale(changes: { input?: Partial<AuditInput>; stock?: Partial<AuditedStock> } = {}): AuditInput {
  const held = (orderId: string) => [orderId, { orders: [{ orderId, quantity: 1 }] }] as const;
  const snapshot: AuditedStock = {
    code: 'OK',
    nowMs: NOW_MS,
    event: { quantity: 10, available: 7, sequence: 9 },
    buyers: new Map([held('A'), held('B'), held('C')]),
    pending: [reservation('C')],
    parked: new Map(),
    ...changes.stock,
  };
  return {
    event: { id: '7', title: 'lamps', quantity: 10, sold: 2 },
    orders: [order('A'), order('B', { state: 'paid' })],
    counts: [
      { userId: 'A', units: 1, unitsMax: 1 },
      { userId: 'B', units: 1, unitsMax: 1 },
    ],
    snapshot,
    stuckAfterSeconds: 60,
    ...changes.input,
  };
}

describe('the audit of an event', () => {
  test('is ok when every unit is available, on its way or sold', () => {
    expect(judgeEvent(sale())).toMatchObject({
      ok: true,
      quantity: 10,
      available: 7,
      pending: 1,
      sold: 2,
      problems: [],
    });
  });

  test('counts a reservation once that stands both in pending and in MySQL', () => {
    const pending = [reservation('C'), reservation('A')];
    expect(judgeEvent(sale({ stock: { pending } }))).toMatchObject({ ok: true, pending: 1, sold: 2 });
  });

  test('names a promised order that no store has', () => {
    expect(judgeEvent(sale({ stock: { pending: [] } }))).toMatchObject({ ok: false, lost: ['C'] });
  });

  test('names the later of two orders of one ticket', () => {
    const orders = [order('A'), order('B', { userId: 'A', ticketId: 'tA', sequence: 5 })];
    expect(judgeEvent(sale({ input: { orders } }))).toMatchObject({ ok: false, duplicates: ['B'] });
  });

  test('names a user who holds more than the limit', () => {
    const counts = [
      { userId: 'A', units: 1, unitsMax: 1 },
      { userId: 'B', units: 2, unitsMax: 1 },
    ];
    expect(judgeEvent(sale({ input: { counts } }))).toMatchObject({ ok: false, overLimit: ['B'] });
  });

  test('counts units that were sold beyond the quantity, in either store', () => {
    const event = { id: '7', title: 'lamps', quantity: 1, sold: 2 };
    expect(judgeEvent(sale({ input: { event } }))).toMatchObject({ ok: false, oversold: 1 });
    const stock = { event: { quantity: 10, available: -2, sequence: 9 } };
    expect(judgeEvent(sale({ stock }))).toMatchObject({ ok: false, oversold: 2 });
  });

  test('names a reservation that waits for too long, unless its message is dead-lettered', () => {
    const pending = [reservation('C', NOW_MS - 60_000)];
    expect(judgeEvent(sale({ stock: { pending } }))).toMatchObject({ ok: false, stuck: ['C'], deadLettered: [] });
    const parked = new Map([['C', 'a CHECK refused it']]);
    expect(judgeEvent(sale({ stock: { pending, parked } }))).toMatchObject({
      ok: false,
      stuck: [],
      deadLettered: ['C'],
    });
  });

  test('sees a unit that vanished from Redis', () => {
    const stock = { event: { quantity: 10, available: 6, sequence: 9 } };
    expect(judgeEvent(sale({ stock })).problems).toEqual(['Redis does not add up: 6 available + 3 held is not 10.']);
  });

  test('sees an order that only MySQL knows, unless it is newer than the look at Redis', () => {
    const counts = [...sale().counts, { userId: 'D', units: 1, unitsMax: 1 }];
    const event = { id: '7', title: 'lamps', quantity: 10, sold: 3 };
    const withOrder = (sequence: number) => ({ orders: [...sale().orders, order('D', { sequence })], counts, event });
    expect(judgeEvent(sale({ input: withOrder(9) })).problems).toEqual([
      'Order D holds units in MySQL and not in Redis.',
    ]);
    expect(judgeEvent(sale({ input: withOrder(10) })).ok).toBe(true);
  });

  test('sees a cancelled order that still holds its unit, unless the unit is on its way back', () => {
    const input = (unitReturnDue: number) => ({
      event: { id: '7', title: 'lamps', quantity: 10, sold: 1 },
      orders: [order('A'), order('B', { state: 'cancelled', unitReturnDue })],
      counts: [{ userId: 'A', units: 1, unitsMax: 1 }],
    });
    expect(judgeEvent(sale({ input: input(0) })).problems).toEqual([
      'Order B is cancelled and still holds units in Redis.',
    ]);
    expect(judgeEvent(sale({ input: input(1) })).ok).toBe(true);
  });

  test('sees counts in MySQL that its orders do not explain', () => {
    const event = { id: '7', title: 'lamps', quantity: 10, sold: 3 };
    expect(judgeEvent(sale({ input: { event, counts: [{ userId: 'A', units: 1, unitsMax: 1 }] } })).problems).toEqual([
      'The event counts 3 units sold, its orders hold 2.',
      'User B holds 1 units by orders and 0 by the count.',
    ]);
  });

  test('is not ok, and says why, while Redis is away, empty or of an earlier life', () => {
    expect(judgeEvent(sale({ input: { snapshot: undefined } }))).toMatchObject({ ok: false, available: null });
    for (const code of ['NO_EVENT', 'STALE'] as const) {
      expect(judgeEvent(sale({ stock: { code } }))).toMatchObject({
        ok: false,
        available: null,
        pending: null,
        sold: 2,
      });
    }
  });
});
