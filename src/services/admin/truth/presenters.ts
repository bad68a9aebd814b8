import type { EventAudit, ReconcilePlan } from '../../../domain/wire.js';

const status = 'success';

export function presentAudit(events: EventAudit[]) {
  return { status, ok: events.every((event) => event.ok), events };
}

/** What a reconcile would change. */
export function presentPlan(plan: ReconcilePlan) {
  return { status, event: plan };
}
