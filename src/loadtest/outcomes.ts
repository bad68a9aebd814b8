import { outcomeNames } from '../domain/outcomeNames.js';
import type { Outcomes } from '../domain/wire.js';

export type OutcomeName = keyof Outcomes;

export function noOutcomes(): Outcomes {
  return {
    accepted: 0,
    pending: 0,
    soldOut: 0,
    alreadyOrdered: 0,
    limited: 0,
    notEligible: 0,
    overloaded: 0,
    error: 0,
  };
}

export function addOutcomes(sum: Outcomes, more: Outcomes): void {
  for (const name of outcomeNames) sum[name] += more[name];
}

export function countOutcomes(outcomes: Outcomes): number {
  return outcomeNames.reduce((sum, name) => sum + outcomes[name], 0);
}

const byCode: Readonly<Record<string, OutcomeName>> = {
  SOLD_OUT: 'soldOut',
  ALREADY_ORDERED: 'alreadyOrdered',
  LIMIT_REACHED: 'limited',
  TOO_MANY_REQUESTS: 'limited',
  NOT_ELIGIBLE: 'notEligible',
  BLOCKED: 'notEligible',
  TICKET_INVALID: 'notEligible',
  TICKET_EXPIRED: 'notEligible',
  OVERLOADED: 'overloaded',
  EVENT_PAUSED: 'overloaded',
  SHUTTING_DOWN: 'overloaded',
};

/**
 * The kind that an answer counts as. A refusal that is none of a sale (a store away, an event that is over) is an error, as is
 * what is not an answer of ours: a proxy's page, a connection that broke.
 */
export function outcomeOf(status: number, code: string): OutcomeName {
  if (code === '') return status === 200 ? 'accepted' : status === 202 ? 'pending' : 'error';
  return byCode[code] ?? 'error';
}
