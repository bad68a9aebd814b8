import type { StaffAuditAnswer } from '../answers.js';
import type { Calls } from './calls.js';

/** An audit reads every order of an event: a million of them take about this long on a small machine. */
const AUDIT_TIMEOUT_MS = 120_000;

export function truthCalls({ get }: Calls) {
  return {
    /** Without an event: all of them. */
    audit: (eventId?: string) => get<StaffAuditAnswer>('/audit', { eventId }, { answerTimeoutMs: AUDIT_TIMEOUT_MS }),
  };
}
