import type { ShopEventView } from '../../../src/domain/wire.js';
import type { Item } from '../dom/createKeyedList.js';
import { h } from '../dom/h.js';
import { setAttribute, setHidden, setText } from '../dom/set.js';
import { describeOffer, type Offer, type OfferModel } from '../shop/describeOffer.js';
import { formatCountdown } from '../text/formatCountdown.js';
import { formatMoment } from '../text/formatMoment.js';
import { formatPrice } from '../text/formatPrice.js';
import { isolate } from '../text/isolate.js';
import { texts } from '../text/texts.js';
import { createOutcomeLine } from './createOutcomeLine.js';
import { createPhaseNews } from './createPhaseNews.js';

const { sales } = texts;

/** About two lines; what is longer is folded. */
const SHORT_DESCRIPTION = 160;
/** Up to so many characters a price fits on the stub in its full size. */
const LONG_PRICE = 9;
/** Below this share of the units it is time to hurry. */
const LOW_SHARE = 0.15;

/** One sale event: what it is, how many are left, and the button. */
export function createEventCard(options: { onBuy: () => void }): Item<OfferModel> {
  const chip = h('p', { class: 'chip' });
  const title = h('h3', { class: 'ticket-title', dir: 'auto' });
  const commodity = h('p', { class: 'commodity', dir: 'auto' });
  const short = h('p', { class: 'description', dir: 'auto' });
  const long = h('p', { class: 'description', dir: 'auto', tabindex: '0' });
  const more = h('details', { class: 'more' }, h('summary', {}, sales.description), long);
  const level = h('span', { class: 'stock-level' });
  const stockText = h('p', { class: 'stock-text' });
  const facts = h('p', { class: 'facts' });
  const countdownLabel = h('span', { class: 'countdown-label' }, sales.startsIn);
  const countdownTime = h('span', { class: 'countdown-time' });
  const countdown = h('p', { class: 'countdown', role: 'timer' }, countdownLabel, countdownTime);
  const price = h('p', { class: 'price' });
  const button = h('button', { class: 'button buy', type: 'button', on: { click: press, keydown: ignoreRepeats } });
  const note = h('p', { class: 'note' });
  const outcome = createOutcomeLine();
  const news = createPhaseNews();
  const stub = h('div', { class: 'ticket-stub' }, countdown, price, button, note, outcome.element, news.element);
  const stock = h('div', { class: 'stock' }, h('div', { class: 'stock-bar', 'aria-hidden': 'true' }, level), stockText);
  const body = h('div', { class: 'ticket-body' }, chip, title, commodity, short, more, stock, facts);
  const ticket = h('article', { class: 'ticket' }, body, stub);
  let canBuy = false;

  return {
    element: h('li', { class: 'ticket-item' }, ticket),
    update(model) {
      const { event, nowMs } = model;
      const offer = describeOffer(model);
      canBuy = offer.canBuy;
      setAttribute(ticket, 'data-phase', offer.phase);
      setText(chip, sales.phase[offer.phase]);
      setText(title, event.title);
      setText(commodity, event.commodity.name);
      showDescription(event.commodity.description ?? '');
      showPrice(formatPrice(event.priceCents));
      showStock(event, offer);
      setText(facts, describeTimes(event, offer, nowMs));
      setHidden(countdown, offer.phase !== 'scheduled');
      setText(countdownTime, formatCountdown(Date.parse(event.startsAt) - nowMs));
      showButton(event.title, offer, model.purchase.state === 'underWay');
      setAttribute(button, 'data-held', offer.isHeld ? 'true' : undefined);
      outcome.update(model);
      news.update(event.title, offer.phase);
    },
  };

  /** Not `disabled`: a button that is switched off while it has the focus would lose it. */
  function press(): void {
    if (canBuy) options.onBuy();
  }

  /** A key that is held down presses a button again and again; nobody wants that many. */
  function ignoreRepeats(event: KeyboardEvent): void {
    if (event.repeat && event.key === 'Enter') event.preventDefault();
  }

  function showButton(eventTitle: string, offer: Offer, isBusy: boolean): void {
    setText(button, offer.buttonLabel);
    setAttribute(button, 'aria-label', sales.buyNamed(offer.buttonLabel, isolate(eventTitle)));
    setAttribute(button, 'aria-disabled', offer.canBuy ? undefined : 'true');
    setAttribute(button, 'aria-busy', isBusy ? 'true' : undefined);
    setText(note, offer.note);
    setHidden(note, offer.note === '');
  }

  function showPrice(text: string): void {
    setText(price, text);
    setAttribute(price, 'data-long', text.length > LONG_PRICE ? 'true' : undefined);
  }

  function showDescription(text: string): void {
    const isShort = text.length <= SHORT_DESCRIPTION;
    setText(isShort ? short : long, text);
    setHidden(short, !isShort || text === '');
    setHidden(more, isShort);
  }

  function showStock(event: ShopEventView, { phase }: Offer): void {
    const { available, quantity } = event;
    const isOver = phase === 'ended' || phase === 'closed';
    const share = isOver || available === null || quantity === 0 ? 0 : available / quantity;
    level.style.setProperty('--share', String(share));
    setAttribute(stock, 'data-low', share > 0 && share <= LOW_SHARE ? 'true' : undefined);
    setText(stockText, describeStock(event, phase));
  }
}

function describeStock({ available, quantity }: ShopEventView, phase: Offer['phase']): string {
  if (phase === 'scheduled' || phase === 'ended' || phase === 'closed') return sales.offered(quantity);
  return available === null ? sales.leftUnknown(quantity) : sales.left(available, quantity);
}

function describeTimes(event: ShopEventView, { phase }: Offer, nowMs: number): string {
  return [time(), sales.limit(event.purchaseLimit)].filter(Boolean).join(' · ');

  function time(): string {
    if (phase === 'scheduled') return sales.startsAt(formatMoment(event.startsAt, nowMs));
    if (phase === 'ended') return sales.endedAt(formatMoment(event.endsAt, nowMs));
    return phase === 'closed' ? '' : sales.endsIn(formatCountdown(Date.parse(event.endsAt) - nowMs));
  }
}
