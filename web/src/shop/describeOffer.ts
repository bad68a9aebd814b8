import { saleEventState, type SaleEventState } from '../../../src/domain/saleEvent.js';
import type { OrderView, ShopEventView } from '../../../src/domain/wire.js';
import type { PurchaseView } from '../purchase/createPurchases.js';
import { reasonText } from '../text/reasonText.js';
import { texts } from '../text/texts.js';
import type { Access } from './createAccessFeed.js';

/** The state of an event as the page shows it: an open one without a unit left is sold out. */
type Phase = SaleEventState | 'soldOut';

export interface OfferModel {
  event: ShopEventView;
  /** The shopper's own in this event. */
  orders: readonly OrderView[];
  access: Access | undefined;
  purchase: PurchaseView;
  /** By the shop's clock. */
  nowMs: number;
}

export interface Offer {
  phase: Phase;
  canBuy: boolean;
  /** The shopper has as many as one may have. */
  isHeld: boolean;
  buttonLabel: string;
  /** Why the shopper cannot buy, where the label does not say it all. */
  note: string;
}

/**
 * A second click on the way when the first was answered is not a wish for a second unit. Longer than a double click takes,
 * shorter than it takes to want one more.
 */
const REST_MS = 1_000;

/** What an event is to this shopper at this moment. Between two answers of the shop, the clock opens and ends sales. */
export function describeOffer(model: OfferModel): Offer {
  const { event, access, purchase } = model;
  const held = heldUnits(model.orders);
  const { sales } = texts;
  const phase = phaseOf(event, model.nowMs);
  const cannot = (buttonLabel: string, note = '') => ({ phase, canBuy: false, isHeld: false, buttonLabel, note });

  if (purchase.state === 'underWay') return cannot(sales.buying);
  if (held >= event.purchaseLimit) {
    const label = event.purchaseLimit === 1 ? sales.held : sales.heldAll(held);
    return { ...cannot(label, isUnpaid(model) ? sales.unpaid : ''), isHeld: true };
  }
  if (isResting(model)) return cannot(sales.buyAnother);
  if (phase === 'ended' || phase === 'closed') return cannot(sales.phase[phase]);
  if (access?.eligible === false) return cannot(sales.notForYou, sales.whyNot(reasonText(access.reason)));
  if (phase === 'paused') return cannot(sales.phase.paused, sales.pausedNote);
  if (phase === 'scheduled') return cannot(sales.notYet);
  if (phase === 'soldOut') return cannot(sales.phase.soldOut, sales.mayComeBack);
  return { phase, canBuy: true, isHeld: false, buttonLabel: held > 0 ? sales.buyAnother : sales.buy, note: '' };
}

/** Units that are on their way, to be paid or paid. */
function heldUnits(orders: readonly OrderView[]): number {
  return orders
    .filter(({ state }) => state === 'pending' || state === 'ordered' || state === 'paid')
    .reduce((units, { quantity }) => units + quantity, 0);
}

function isResting({ purchase, nowMs }: OfferModel): boolean {
  return purchase.state === 'done' && purchase.outcome.kind === 'bought' && nowMs - purchase.atMs < REST_MS;
}

/** After a reload nothing else on the card says that there is something to pay; after a purchase its outcome does. */
function isUnpaid({ orders, purchase }: OfferModel): boolean {
  return purchase.state === 'none' && orders.some(({ state }) => state === 'ordered');
}

function phaseOf(event: ShopEventView, nowMs: number): Phase {
  if (event.state === 'ended') return 'ended';
  const times = { startsAtMs: Date.parse(event.startsAt), endsAtMs: Date.parse(event.endsAt) };
  const switches = { paused: event.state === 'paused', closed: event.state === 'closed' };
  const state = saleEventState({ ...times, ...switches }, nowMs);
  return state === 'open' && event.available === 0 ? 'soldOut' : state;
}
