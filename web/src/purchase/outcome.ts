import type { Refused } from '../api/failures.js';

/** How a purchase ended, as far as the shopper is concerned. */
export type Outcome =
  | { kind: 'bought'; orderId: string }
  | { kind: 'alreadyHave'; orderId: string }
  | { kind: 'limitReached'; purchaseLimit: number }
  | { kind: 'soldOut' }
  | { kind: 'notStarted'; startsAt: string }
  | { kind: 'paused' }
  | { kind: 'ended' }
  | { kind: 'gone' }
  | { kind: 'notEligible'; reason: string }
  | { kind: 'tooFast' }
  | { kind: 'busy' }
  /** An attempt may have been carried out, and nobody can be asked. The ticket is kept: spent again, it buys nothing twice. */
  | { kind: 'unsure' }
  /** A purchase from before a reload that was not carried out and no longer can be. */
  | { kind: 'lapsed' }
  /** Refused with a code that no other kind stands for. */
  | { kind: 'failed'; refused: Refused }
  | { kind: 'loggedOut' };

/** Why the shopper waits. */
export type Wait = 'starting' | 'tooFast' | 'busy' | 'noAnswer';
