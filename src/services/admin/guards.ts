import type { Step } from '../../http/context.js';
import type { Registrar } from '../../http/router.js';
import type { createBody } from '../../http/validate.js';
import type { StaffAuth, Staffed } from './staffAuth.js';

/**
 * What every file of routes registers through. A route is registered behind the role that it needs, or, where nobody can have
 * logged in yet, behind the limit of its address.
 */
export interface Guards {
  /** Without a role: login and refresh alone. */
  open: Registrar;
  viewer: Registrar<Staffed>;
  operator: Registrar<Staffed>;
  admin: Registrar<Staffed>;
  staffAuth: StaffAuth;
  addressLimit(route: string): Step;
  body: ReturnType<typeof createBody>;
}
