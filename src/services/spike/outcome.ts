import type { Outcomes } from '../../domain/wire.js';

/** How a purchase ended, before it is put into HTTP. */
export type PurchaseOutcome =
  /** The reservation stands. `isConfirmed`: the broker has it too; otherwise the relay will bring it. */
  | { code: 'ACCEPTED'; orderId: string; rest: number; isConfirmed: boolean }
  | { code: 'SOLD_OUT'; rest: number }
  | { code: 'ALREADY_ORDERED'; orderId: string }
  | { code: 'LIMIT_REACHED'; orderId: string; purchaseLimit: number }
  | { code: 'TOO_MANY_REQUESTS'; retryAfterMs: number }
  | { code: 'EVENT_NOT_STARTED'; startsAtMs: number; retryAfterMs: number }
  | { code: 'EVENT_ENDED' }
  | { code: 'EVENT_PAUSED' }
  | { code: 'OVERLOADED' }
  | { code: 'TICKET_INVALID' }
  | { code: 'STOCK_REBUILDING' }
  | { code: 'NOT_FOUND' };

/** Under which name an answer is counted; undefined where nobody asked for a unit that could be had. */
export function outcomeName(outcome: PurchaseOutcome): keyof Outcomes | undefined {
  switch (outcome.code) {
    case 'ACCEPTED':
      return outcome.isConfirmed ? 'accepted' : 'pending';
    case 'SOLD_OUT':
      return 'soldOut';
    case 'ALREADY_ORDERED':
      return 'alreadyOrdered';
    case 'LIMIT_REACHED':
    case 'TOO_MANY_REQUESTS':
      return 'limited';
    case 'TICKET_INVALID':
      return 'notEligible';
    case 'OVERLOADED':
      return 'overloaded';
    case 'STOCK_REBUILDING':
      return 'error';
    default:
      return undefined;
  }
}
