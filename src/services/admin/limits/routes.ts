import type { AdminDeps } from '../adminDeps.js';
import type { Guards } from '../guards.js';
import { createChangeEventLimits } from './changeEventLimits.js';
import { createChangeLimits } from './changeLimits.js';
import { eventLimitsSchema, globalLimitsSchema } from './schemas.js';
import { createShowEventLimits, createShowLimits } from './showLimits.js';

/** How fast and how much one may ask, while the system runs. */
export function registerLimitRoutes({ viewer, operator, body }: Guards, { stores, limitSettings }: AdminDeps): void {
  viewer.get('/admin/limits', createShowLimits(stores, limitSettings));
  operator.put('/admin/limits', body(globalLimitsSchema), createChangeLimits(stores, limitSettings));
  viewer.get('/admin/spike/:id/limits', createShowEventLimits(stores, limitSettings));
  operator.put('/admin/spike/:id/limits', body(eventLimitsSchema), createChangeEventLimits(stores, limitSettings));
}
