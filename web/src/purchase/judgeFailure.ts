import { Refused, Unanswered } from '../api/failures.js';
import type { Outcome, Wait } from './outcome.js';

type Failure = Refused | Unanswered;

/** A start this close is waited for: it is our clock that is off, not the shopper who is early. */
const START_WAIT_MAX_MS = 3_000;

/** After these the shop may have taken the unit before it failed to say so. */
export function mayHaveBought(failure: Failure): boolean {
  return failure instanceof Unanswered || failure.code === 'STORE_UNAVAILABLE' || failure.code === 'INTERNAL';
}

/** Expired, or of a rule that has changed since: it buys nothing any more. */
export function isDeadTicket(failure: Failure): failure is Refused {
  return failure instanceof Refused && (failure.code === 'TICKET_EXPIRED' || failure.code === 'TICKET_INVALID');
}

/** @returns why to try again, or undefined where trying again would change nothing */
export function waitFor(failure: Failure, delayMs: number): Wait | undefined {
  if (failure instanceof Unanswered) return 'noAnswer';
  switch (failure.code) {
    case 'EVENT_NOT_STARTED':
      return delayMs <= START_WAIT_MAX_MS ? 'starting' : undefined;
    case 'TOO_MANY_REQUESTS':
      return 'tooFast';
    case 'OVERLOADED':
    case 'STOCK_REBUILDING':
    case 'STORE_UNAVAILABLE':
    case 'SHUTTING_DOWN':
    case 'INTERNAL':
      return 'busy';
    default:
      return undefined;
  }
}

export function outcomeOf(failure: Failure): Outcome {
  if (failure instanceof Unanswered) return { kind: 'busy' };
  const { answer } = failure;
  switch (failure.code) {
    case 'ALREADY_ORDERED':
      return { kind: 'alreadyHave', orderId: String(answer.orderId) };
    case 'LIMIT_REACHED':
      return { kind: 'limitReached', purchaseLimit: Number(answer.purchaseLimit) };
    case 'SOLD_OUT':
      return { kind: 'soldOut' };
    case 'EVENT_NOT_STARTED':
      return { kind: 'notStarted', startsAt: String(answer.startsAt) };
    case 'EVENT_PAUSED':
      return { kind: 'paused' };
    case 'EVENT_ENDED':
      return { kind: 'ended' };
    case 'NOT_FOUND':
      return { kind: 'gone' };
    case 'NOT_ELIGIBLE':
      return { kind: 'notEligible', reason: String(answer.reason) };
    case 'TOO_MANY_REQUESTS':
      return { kind: 'tooFast' };
    case 'OVERLOADED':
    case 'STOCK_REBUILDING':
    case 'STORE_UNAVAILABLE':
    case 'SHUTTING_DOWN':
      return { kind: 'busy' };
    default:
      return { kind: 'failed', refused: failure };
  }
}

/** Whether the shop has decided about the ticket, and not only put us off. */
export function isFinal(outcome: Outcome): boolean {
  return !['tooFast', 'busy', 'unsure', 'failed', 'paused'].includes(outcome.kind);
}
