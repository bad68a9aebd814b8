import type { AuditLogAnswer, AuditLogFilter, Page, StaffAuditAnswer } from '../../../src/client/answers.js';
import type { ReconcilePlan } from '../../../src/domain/wire.js';
import { part, type Caller } from './createCaller.js';

/** An audit reads every order of an event: a million of them take about this long on a small machine. */
const AUDIT_TIMEOUT_MS = 120_000;

/** Whether the stores agree, and who changed what. */
export function truthCalls({ get, send }: Caller) {
  return {
    /** @param eventId undefined: all events */
    audit: (eventId?: string) => get<StaffAuditAnswer>('/audit', { eventId }, AUDIT_TIMEOUT_MS),
    /** What a reconcile would change. */
    planReconcile: (eventId: string) =>
      get<{ event: ReconcilePlan }>(`/spike/${part(eventId)}/reconcile`, {}, AUDIT_TIMEOUT_MS),
    /** Begins it; the order service does the rest. */
    reconcile: (eventId: string) =>
      send<{ event: ReconcilePlan }>('POST', `/spike/${part(eventId)}/reconcile`, undefined, AUDIT_TIMEOUT_MS),
    listAuditLog: (filter: AuditLogFilter & Page = {}) => get<AuditLogAnswer>('/audit-log', { ...filter }),
  };
}
