import type { OrderState } from '../../../src/domain/order.js';
import type { Outcome, Wait } from '../purchase/outcome.js';

type Tone = 'good' | 'bad' | 'wait';

export interface Said {
  tone: Tone;
  text: string;
}

export function waitText(wait: Wait | undefined): Said {
  return { tone: 'wait', text: wait === undefined ? 'Asking for yours…' : waits[wait] };
}

const waits: Record<Wait, string> = {
  starting: 'The sale is about to start. Asking again by itself.',
  tooFast: 'Too fast: the shop wants a short pause. Asking again by itself.',
  busy: 'The shop is very busy. You are still in: asking again by itself.',
  noAnswer: 'No answer yet. Asking again with the same ticket, so that you cannot get it twice.',
};

type Holding = Extract<Outcome, { kind: 'bought' | 'alreadyHave' }>;

/**
 * @param state of the order, when the shop has listed it
 * @returns undefined when the order has ended: then there is nothing to be glad about any more
 */
export function holdingText(outcome: Holding, state: OrderState | undefined): Said | undefined {
  const got = outcome.kind === 'bought' ? 'You got it!' : 'You already have it.';
  switch (state) {
    case undefined:
      return good(got);
    case 'pending':
      return good(`${got} The order is on its way; you can pay in a moment.`);
    case 'ordered':
      return good(`${got} Pay in time to keep it.`);
    case 'paid':
      return good(`${got} It is paid.`);
    default:
      return undefined;
  }
}

/** @param formatMoment ISO 8601 → as the shopper reads it */
export function refusalText(outcome: Exclude<Outcome, Holding>, formatMoment: (iso: string) => string): Said {
  switch (outcome.kind) {
    case 'limitReached':
      return bad(`You already have as many as one person may buy (${outcome.purchaseLimit}).`);
    case 'soldOut':
      return bad('Sold out: others were faster. Nothing was bought.');
    case 'notStarted':
      return bad(`Not started yet: the sale starts ${formatMoment(outcome.startsAt)}. Nothing was bought.`);
    case 'paused':
      return bad('The shop has paused this sale. Nothing was bought.');
    case 'ended':
      return bad('The sale has ended. Nothing was bought.');
    case 'gone':
      return bad('This sale is no longer there. Nothing was bought.');
    case 'notEligible':
      return bad(`You can't buy in this sale: ${outcome.reason}. Nothing was bought.`);
    case 'tooFast':
      return bad('Too many requests in a short time. Nothing was bought. Wait a moment, then press Buy again.');
    case 'busy':
      return bad('The shop cannot answer just now. Nothing was bought so far. Press Buy to go on.');
    case 'unsure':
      return bad('No answer from the shop. Press Buy to go on: what you have bought is not bought twice.');
    case 'lapsed':
      return bad('Your purchase was interrupted. Nothing was bought.');
    case 'failed':
      return bad(`An error on the shop's side. Please report it with this number: ${outcome.requestId}`);
    case 'loggedOut':
      return bad('Your login has ended. Log in and press Buy to go on.');
  }
}

function good(text: string): Said {
  return { tone: 'good', text };
}

function bad(text: string): Said {
  return { tone: 'bad', text };
}
