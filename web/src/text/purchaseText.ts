import type { OrderState } from '../../../src/domain/order.js';
import type { Outcome, Wait } from '../purchase/outcome.js';
import { reasonText } from './reasonText.js';
import { refusalText } from './refusalText.js';
import { texts } from './texts.js';

const { outcomes, waits } = texts;

type Tone = 'good' | 'bad' | 'wait';

export interface Said {
  tone: Tone;
  text: string;
}

export function waitText(wait: Wait | undefined): Said {
  return { tone: 'wait', text: waits[wait ?? 'none'] };
}

type Holding = Extract<Outcome, { kind: 'bought' | 'alreadyHave' }>;

/**
 * @param state of the order, when the shop has listed it
 * @returns undefined when the order has ended: then there is nothing to be glad about any more
 */
export function holdingText(outcome: Holding, state: OrderState | undefined): Said | undefined {
  const got = outcomes[outcome.kind];
  switch (state) {
    case undefined:
      return good(got);
    case 'pending':
    case 'ordered':
    case 'paid':
      return good(`${got}${outcomes.holding[state]}`);
    default:
      return undefined;
  }
}

/** @param formatMoment ISO 8601 → as the shopper reads it */
export function outcomeText(outcome: Exclude<Outcome, Holding>, formatMoment: (iso: string) => string): Said {
  switch (outcome.kind) {
    case 'limitReached':
      return bad(outcomes.limitReached(outcome.purchaseLimit));
    case 'notStarted':
      return bad(outcomes.notStarted(formatMoment(outcome.startsAt)));
    case 'notEligible':
      return bad(outcomes.notEligible(reasonText(outcome.reason)));
    case 'failed':
      return bad(outcomes.failed(refusalText(outcome.refused)));
    default:
      return bad(outcomes[outcome.kind]);
  }
}

function good(text: string): Said {
  return { tone: 'good', text };
}

function bad(text: string): Said {
  return { tone: 'bad', text };
}
