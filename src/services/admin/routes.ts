import type { Registrar } from '../../http/router.js';
import { createBody } from '../../http/validate.js';
import type { AdminDeps } from './adminDeps.js';
import { registerAllowListRoutes } from './allowList/routes.js';
import { registerCommodityRoutes } from './commodities/routes.js';
import { registerEventRoutes } from './events/routes.js';
import type { Guards } from './guards.js';
import { registerLimitRoutes } from './limits/routes.js';
import { registerLiveRoutes } from './live/routes.js';
import { registerOrderRoutes } from './orders/routes.js';
import { registerQueueRoutes } from './queues/routes.js';
import { registerRuleRoutes } from './rules/routes.js';
import { registerStaffRoutes } from './staff/routes.js';
import { createStaffAuth } from './staffAuth.js';
import { registerTestBuyerRoutes } from './testBuyers/routes.js';
import { registerTruthRoutes } from './truth/routes.js';
import { registerUserRoutes } from './users/routes.js';

/** Every route but login stands behind a role: a route is registered through the role that it needs, or not at all. */
export function registerRoutes(route: Registrar, deps: AdminDeps): void {
  const staffAuth = createStaffAuth({ sequelize: deps.stores.sequelize, tokens: deps.tokens });
  const guards: Guards = {
    open: route,
    viewer: route.behind(staffAuth.atLeast('viewer')),
    operator: route.behind(staffAuth.atLeast('operator')),
    admin: route.behind(staffAuth.atLeast('admin')),
    staffAuth,
    addressLimit: deps.addressLimit,
    body: createBody(deps.bodyBytesMax),
  };
  registerStaffRoutes(guards, deps);
  registerEventRoutes(guards, deps);
  registerRuleRoutes(guards, deps);
  registerAllowListRoutes(guards, deps);
  registerCommodityRoutes(guards, deps);
  registerLimitRoutes(guards, deps);
  registerOrderRoutes(guards, deps);
  registerUserRoutes(guards, deps);
  registerTestBuyerRoutes(guards, deps);
  registerQueueRoutes(guards, deps);
  registerTruthRoutes(guards, deps);
  registerLiveRoutes(guards, deps);
}
