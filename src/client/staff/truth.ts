import type { ReconcileAnswer, StaffAuditAnswer } from '../answers.js';
import { part, type Calls } from './calls.js';

/** An audit reads every order of an event: a million of them take about this long on a small machine. */
export const AUDIT_TIMEOUT_MS = 120_000;

export function truthCalls({ get, send }: Calls) {
  return {
    /** Without an event: all of them. */
    audit: (eventId?: string) => get<StaffAuditAnswer>('/audit', { eventId }, { answerTimeoutMs: AUDIT_TIMEOUT_MS }),
    /** What a reconcile would change. */
    planReconcile: (eventId: string) =>
      get<ReconcileAnswer>(`/spike/${part(eventId)}/reconcile`, {}, { answerTimeoutMs: AUDIT_TIMEOUT_MS }),
    /** Begins it; the order service does the rest. */
    reconcile: (eventId: string) =>
      send<ReconcileAnswer>('POST', `/spike/${part(eventId)}/reconcile`, undefined, {
        answerTimeoutMs: AUDIT_TIMEOUT_MS,
      }),
  };
}
