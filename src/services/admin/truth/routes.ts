import { query } from '../../../http/validate.js';
import type { AdminDeps } from '../adminDeps.js';
import type { Guards } from '../guards.js';
import { createAudit } from './audit.js';
import { createReconcileEvent } from './reconcileEvent.js';
import { auditSchema } from './schemas.js';
import { createShowReconcile } from './showReconcile.js';

/** Whether the stores agree. */
export function registerTruthRoutes(
  { viewer, operator }: Guards,
  { stores, queues, stuckAfterSeconds }: AdminDeps,
): void {
  viewer.get('/admin/audit', query(auditSchema), createAudit(stores, stuckAfterSeconds));
  viewer.get('/admin/spike/:id/reconcile', createShowReconcile(stores));
  operator.post('/admin/spike/:id/reconcile', createReconcileEvent(stores, queues));
}
