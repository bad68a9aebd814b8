import { describe, expect, test } from '@jest/globals';
import type { AuditedOrder, AuditedStock, AuditInput } from './judgeEvent.js';
import type { Reservation } from './order.js';
import { inBothPlans, planReconcile } from './planReconcile.js';

const event = { id: '7', title: 'lamps', quantity: 10, sold: 1 };

function order(fields: Partial<AuditedOrder> = {}): AuditedOrder {
  return {
    orderId: 'stored',
    userId: '1',
    quantity: 1,
    state: 'ordered',
    ticketId: 't',
    sequence: 1,
    unitReturnDue: 0,
    ...fields,
  };
}

function reservation(fields: Partial<Reservation> = {}): Reservation {
  return {
    orderId: 'pending',
    eventId: '7',
    userId: '2',
    quantity: 1,
    reservedAtMs: 0,
    sequence: 2,
    priceCents: 1,
    purchaseLimit: 1,
    ticketId: 't',
    ...fields,
  };
}

/** One stored order and one pending reservation, and everything agrees. */
function input(changes: Partial<AuditInput> = {}, stock: Partial<AuditedStock> = {}): AuditInput {
  return {
    event,
    orders: [order()],
    counts: [{ userId: '1', units: 1, unitsMax: 1 }],
    stuckAfterSeconds: 60,
    snapshot: {
      code: 'OK',
      nowMs: 0,
      event: { quantity: 10, available: 8, sequence: 2 },
      buyers: new Map([
        ['1', { orders: [{ orderId: 'stored', quantity: 1 }] }],
        ['2', { orders: [{ orderId: 'pending', quantity: 1 }] }],
      ]),
      pending: [reservation()],
      parked: new Map(),
      ...stock,
    },
    ...changes,
  };
}

function whats(of: AuditInput): string[] {
  return planReconcile(of).map(({ what }) => what);
}

describe('planReconcile', () => {
  test('finds nothing where the stores agree', () => {
    expect(planReconcile(input())).toEqual([]);
  });

  test('does not mind an order that was reserved after the snapshot, nor a unit on its way back', () => {
    const later = order({ orderId: 'later', userId: '3', sequence: 3 });
    const counts = [...input().counts, { userId: '3', units: 1, unitsMax: 1 }];
    expect(whats(input({ event: { ...event, sold: 2 }, orders: [order(), later], counts }))).toEqual([]);
    const returning = order({ state: 'cancelled', unitReturnDue: 1 });
    expect(whats(input({ event: { ...event, sold: 0 }, orders: [returning], counts: [] }))).toEqual([]);
  });

  test('counts a reservation once that stands both in pending and in MySQL', () => {
    const both = [order(), order({ orderId: 'pending', userId: '2', sequence: 2 })];
    const counts = [...input().counts, { userId: '2', units: 1, unitsMax: 1 }];
    expect(whats(input({ event: { ...event, sold: 2 }, orders: both, counts }))).toEqual([]);
  });

  test('of a stock that is not there says that it is built, and still counts what MySQL derives', () => {
    const wrong = input({ event: { ...event, sold: 4 } }, { code: 'NO_EVENT' });
    expect(planReconcile(wrong)).toEqual([
      { what: 'stock', before: 'missing', after: 'rebuilt', ids: [] },
      { what: 'sold', before: 4, after: 1, ids: [] },
    ]);
    expect(planReconcile(input({}, { code: 'STALE' }))[0]).toMatchObject({ before: 'stale' });
  });

  test('never plans less than nothing: what does not fit becomes a dead letter', () => {
    const large = [reservation({ quantity: 50 })];
    const available = planReconcile(input({}, { pending: large })).find(({ what }) => what === 'available');
    expect(available).toMatchObject({ before: 8, after: 0 });
  });

  test('names users whose units are counted wrong, also those who have none', () => {
    const counts = [
      { userId: '1', units: 2, unitsMax: 2 },
      { userId: '9', units: 1, unitsMax: 1 },
    ];
    expect(planReconcile(input({ counts }))).toMatchObject([{ what: 'counts', ids: ['1', '9'] }]);
  });
});

describe('inBothPlans', () => {
  const available = (before: number, after: number) => ({ what: 'available' as const, before, after, ids: [] });
  const held = (...ids: string[]) => ({ what: 'held' as const, before: 'a', after: 'b', ids });

  test('keeps a number that is wrong by the same amount although it was sold from meanwhile', () => {
    expect(inBothPlans([available(4, 6)], [available(3, 5)])).toEqual([available(3, 5)]);
    expect(inBothPlans([available(4, 6)], [available(3, 6)])).toEqual([]);
    expect(inBothPlans([], [available(3, 6)])).toEqual([]);
  });

  test('keeps the ids that both name', () => {
    expect(inBothPlans([held('1', '2')], [held('2', '3')])).toEqual([held('2')]);
    expect(inBothPlans([held('1')], [held('2')])).toEqual([]);
  });
});
