import { query } from '../../../http/validate.js';
import type { AdminDeps } from '../adminDeps.js';
import type { Guards } from '../guards.js';
import { createAudit } from './audit.js';
import { auditSchema } from './schemas.js';

/** Whether the stores agree. */
export function registerTruthRoutes({ viewer }: Guards, { stores, stuckAfterSeconds }: AdminDeps): void {
  viewer.get('/admin/audit', query(auditSchema), createAudit(stores, stuckAfterSeconds));
}
