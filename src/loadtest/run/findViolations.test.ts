import type { EventAudit } from '../../domain/wire.js';
import type { FoundOrderState } from '../../domain/wire/orders.js';
import type { ToldOrder } from '../worker/messages.js';
import { findViolations, type Evidence, type Violations } from './findViolations.js';

const noWrongs = { forgedAccepted: 0, sharedAccepted: 0, secondOrders: [] };

const cleanAudit: EventAudit = {
  id: '1',
  title: 'lamps',
  quantity: 2,
  available: 0,
  pending: 0,
  sold: 2,
  oversold: 0,
  duplicates: [],
  overLimit: [],
  lost: [],
  stuck: [],
  deadLettered: [],
  problems: [],
  ok: true,
};

function told(orderId: string, userId: string, what: ToldOrder['told'] = 'ordered'): ToldOrder {
  return { orderId, userId, told: what };
}

function stored(orders: readonly ToldOrder[]): Map<string, FoundOrderState> {
  return new Map(orders.map(({ orderId, userId, told: state }) => [orderId, { id: orderId, userId, state }] as const));
}

function judge(evidence: Partial<Evidence> & { orders: ToldOrder[] }): Violations {
  return findViolations({
    event: { quantity: 2, purchaseLimit: 1 },
    wrongs: noWrongs,
    found: stored(evidence.orders),
    audit: cleanAudit,
    ...evidence,
  });
}

/** Only the kinds with an offender. */
function offences(violations: Violations): Partial<Violations> {
  return Object.fromEntries(Object.entries(violations).filter(([, ids]) => ids.length > 0));
}

const both = [told('o1', 'u1'), told('o2', 'u2')];

describe('the evidence of a run', () => {
  test('in which all that was told is stored has no offender', () => {
    expect(offences(judge({ orders: both }))).toEqual({});
    expect(offences(judge({ orders: [told('o1', 'u1', 'paid'), told('o2', 'u2', 'cancelled')] }))).toEqual({});
  });

  test('names an order that was told and is nowhere, even when the audit is content', () => {
    const found = stored(both);
    found.set('o2', { id: 'o2', userId: null, state: null });
    expect(offences(judge({ orders: both, found }))).toEqual({ lost: ['o2'] });
    found.delete('o2');
    expect(offences(judge({ orders: both, found }))).toEqual({ lost: ['o2'] });
  });

  test('names an order that is still on its way', () => {
    const found = stored(both).set('o1', { id: 'o1', userId: 'u1', state: 'pending' });
    expect(offences(judge({ orders: both, found }))).toEqual({ stuck: ['o1'] });
  });

  test('names the orders beyond the quantity, and no cancelled ones', () => {
    const third = told('o3', 'u3');
    expect(offences(judge({ orders: [...both, third] }))).toEqual({ oversold: ['o3'] });
    expect(offences(judge({ orders: [...both, { ...third, told: 'cancelled' }] }))).toEqual({});
  });

  test('names users above their limit', () => {
    const orders = [told('o1', 'u1'), told('o2', 'u1')];
    expect(offences(judge({ orders }))).toEqual({ overLimit: ['u1'] });
    expect(offences(judge({ orders, event: { quantity: 2, purchaseLimit: 2 } }))).toEqual({});
    expect(offences(judge({ orders: [told('o1', 'u1', 'cancelled'), told('o2', 'u1')] }))).toEqual({});
  });

  test('names an order id that was told twice, and a second order for one ticket', () => {
    const orders = [told('o1', 'u1'), told('o1', 'u1')];
    expect(judge({ orders }).duplicates).toEqual(['o1']);
    const wrongs = { ...noWrongs, secondOrders: [{ orderId: 'o2', firstOrderId: 'o1' }] };
    expect(judge({ orders: both, wrongs }).duplicates).toEqual(['o2']);
  });

  test.each(['cancelled', 'expired', 'refunded'] as const)('lets a ticket buy again whose order is %s', (state) => {
    const found = new Map<string, FoundOrderState>([
      ['o1', { id: 'o1', userId: 'u1', state }],
      ['o2', { id: 'o2', userId: 'u2', state: 'ordered' }],
    ]);
    const wrongs = { ...noWrongs, secondOrders: [{ orderId: 'o2', firstOrderId: 'o1' }] };
    expect(judge({ orders: both, wrongs, found }).duplicates).toEqual([]);
  });

  test('names an order in another state, or of another user, than was told', () => {
    const orders = [told('o1', 'u1', 'paid'), told('o2', 'u2')];
    const found = new Map<string, FoundOrderState>([
      ['o1', { id: 'o1', userId: 'u1', state: 'expired' }],
      ['o2', { id: 'o2', userId: 'u9', state: 'ordered' }],
    ]);
    expect(offences(judge({ orders, found }))).toEqual({ wrongState: ['o1', 'o2'] });
  });

  test('counts every ticket that should have been refused', () => {
    const wrongs = { forgedAccepted: 2, sharedAccepted: 1, secondOrders: [] };
    const { forgedAccepted, sharedAccepted } = judge({ orders: both, wrongs });
    expect([forgedAccepted.length, sharedAccepted.length]).toEqual([2, 1]);
  });

  test('takes over whatever the audit found, each offender once', () => {
    const audit: EventAudit = {
      ...cleanAudit,
      ok: false,
      oversold: 3,
      duplicates: ['o7'],
      overLimit: ['u7'],
      lost: ['o2', 'o8'],
      stuck: ['o9'],
      deadLettered: ['o10'],
      problems: ['the sums differ'],
    };
    const found = stored(both);
    found.delete('o2');
    expect(judge({ orders: both, found, audit })).toMatchObject({
      oversold: [expect.any(String), expect.any(String), expect.any(String)],
      duplicates: ['o7'],
      overLimit: ['u7'],
      lost: ['o2', 'o8'],
      stuck: ['o9'],
      auditProblems: ['o10', 'the sums differ'],
    });
  });

  test('without an audit proves nothing', () => {
    expect(offences(judge({ orders: both, audit: null }))).toEqual({ auditProblems: [expect.any(String)] });
  });
});
