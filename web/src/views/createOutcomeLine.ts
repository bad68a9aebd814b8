import type { Outcome } from '../purchase/outcome.js';
import { h } from '../dom/h.js';
import { setAttribute, setHidden, setText } from '../dom/set.js';
import { describeOffer, type OfferModel } from '../shop/describeOffer.js';
import { formatMoment } from '../text/formatMoment.js';
import { holdingText, outcomeText, waitText, type Said } from '../text/purchaseText.js';
import { texts } from '../text/texts.js';

/** The stock that is shown may be this old: "sold out" is not taken back because of an older "1 left". */
const STOCK_AGE_MAX_MS = 3_000;

export interface OutcomeLine {
  element: HTMLElement;
  update(model: OfferModel): void;
}

/** What the last purchase came to, for eyes and screen readers. The live region is there before it has anything to say. */
export function createOutcomeLine(): OutcomeLine {
  const text = h('p', { class: 'outcome-text', role: 'status' });
  const link = h('a', { class: 'outcome-link', href: '#/orders' }, texts.orders.title);
  const element = h('div', { class: 'outcome' }, text, link);
  return {
    element,
    update(model) {
      const said = say(model);
      setAttribute(element, 'data-tone', said?.tone);
      setText(text, said?.text ?? '');
      element.classList.toggle('is-silent', said === undefined);
      setHidden(link, said?.tone !== 'good');
    },
  };
}

function say(model: OfferModel): Said | undefined {
  const { purchase, nowMs } = model;
  if (purchase.state === 'none') return undefined;
  if (purchase.state === 'underWay') return waitText(purchase.wait);
  const { outcome, atMs } = purchase;
  if (outcome.kind === 'bought' || outcome.kind === 'alreadyHave') {
    const order = model.orders.find(({ id }) => id === outcome.orderId);
    return holdingText(outcome, order?.state);
  }
  const isOutdated = mayChange.has(outcome.kind) && nowMs - atMs > STOCK_AGE_MAX_MS && describeOffer(model).canBuy;
  return isOutdated ? undefined : outcomeText(outcome, (iso) => formatMoment(iso, nowMs));
}

/** A refusal that the state of the event no longer bears out would only contradict the button beside it. */
const mayChange = new Set<Outcome['kind']>(['soldOut', 'paused', 'notStarted', 'notEligible', 'limitReached']);
