import { describe, expect, test } from '@jest/globals';
import type { OrderState } from '../../../src/domain/order.js';
import type { OrderView, ShopEventView } from '../../../src/domain/wire.js';
import { describeOffer, type OfferModel } from './describeOffer.js';

const START = Date.parse('2030-01-01T00:00:00Z');

function model(event: Partial<ShopEventView> = {}, rest: Partial<OfferModel> = {}): OfferModel {
  const base = {
    id: '1',
    title: 'Lamp',
    commodity: { id: '1', name: 'Lamp', description: null },
    state: 'open',
    priceCents: 100,
    quantity: 10,
    available: 5,
    purchaseLimit: 1,
    startsAt: new Date(START).toISOString(),
    endsAt: new Date(START + 60_000).toISOString(),
    paymentWindowSeconds: 60,
  } as const;
  const none = { access: undefined, orders: [], purchase: { state: 'none' } } as const;
  return { event: { ...base, ...event }, nowMs: START + 1, ...none, ...rest };
}

const orders = (...states: OrderState[]) => states.map((state) => ({ state, quantity: 1 }) as OrderView);

describe('an event', () => {
  test('opens and ends at its time, between two answers of the shop', () => {
    expect(describeOffer(model({ state: 'scheduled' }, { nowMs: START - 1 }))).toMatchObject({
      phase: 'scheduled',
      canBuy: false,
    });
    expect(describeOffer(model({ state: 'scheduled' }, { nowMs: START }))).toMatchObject({
      phase: 'open',
      canBuy: true,
    });
    expect(describeOffer(model({}, { nowMs: START + 60_000 }))).toMatchObject({ phase: 'ended', canBuy: false });
  });

  test('whose stock is not known is not called sold out', () => {
    expect(describeOffer(model({ available: null }))).toMatchObject({ phase: 'open', canBuy: true });
    expect(describeOffer(model({ available: 0 }))).toMatchObject({ phase: 'soldOut', canBuy: false });
  });

  test.each(['paused', 'closed', 'ended'] as const)('that is %s cannot be bought in', (state) => {
    expect(describeOffer(model({ state }))).toMatchObject({ phase: state, canBuy: false });
  });
});

describe('the button', () => {
  test('does nothing while a purchase is under way', () => {
    expect(describeOffer(model({}, { purchase: { state: 'underWay', wait: undefined } })).canBuy).toBe(false);
  });

  test('takes no second click of a double click for a wish to have one more', () => {
    const bought = { state: 'done', outcome: { kind: 'bought', orderId: '1-x' }, atMs: START + 1_000 } as const;
    const pressed = (nowMs: number) =>
      describeOffer(model({ purchaseLimit: 3 }, { purchase: bought, orders: orders('pending'), nowMs }));
    expect(pressed(START + 1_400)).toMatchObject({ canBuy: false, buttonLabel: 'Buy one more' });
    expect(pressed(START + 2_001)).toMatchObject({ canBuy: true, buttonLabel: 'Buy one more' });
  });

  test('buys up to the limit, and again when an order has ended', () => {
    const limited = (...states: OrderState[]) =>
      describeOffer(model({ purchaseLimit: 2 }, { orders: orders(...states) }));
    expect(limited('paid')).toMatchObject({ canBuy: true, buttonLabel: 'Buy one more' });
    expect(limited('paid', 'pending')).toMatchObject({ canBuy: false, buttonLabel: 'You have 2' });
    expect(limited('paid', 'cancelled')).toMatchObject({ canBuy: true });
  });

  test('says after a reload that there is something to pay', () => {
    expect(describeOffer(model({}, { orders: orders('ordered') })).note).toBe('Not paid yet: see My orders.');
    expect(describeOffer(model({}, { orders: orders('paid') })).note).toBe('');
  });

  test('is off for those who may not buy, with the reason', () => {
    const offer = describeOffer(
      model({}, { access: { eligible: false, reason: 'you must be at least 18 years old' } }),
    );
    expect(offer).toMatchObject({
      canBuy: false,
      note: "You can't buy in this sale: you must be at least 18 years old.",
    });
  });
});
