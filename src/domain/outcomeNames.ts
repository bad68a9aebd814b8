import type { Outcomes } from './wire.js';

/** The answers to purchases by kind, in the order in which they are listed everywhere. */
export const outcomeNames = [
  'accepted',
  'pending',
  'soldOut',
  'alreadyOrdered',
  'limited',
  'notEligible',
  'overloaded',
  'error',
] as const satisfies readonly (keyof Outcomes)[];
