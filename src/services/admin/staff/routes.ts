import { pageSchema } from '../../../http/pageSchema.js';
import { query } from '../../../http/validate.js';
import type { AdminDeps } from '../adminDeps.js';
import type { Guards } from '../guards.js';
import { createCreateAdmin } from './createAdmin.js';
import { createListAuditLog } from './listAuditLog.js';
import { createLogin } from './login.js';
import { createRefreshToken } from './refreshToken.js';
import { loginSchema, newAdminSchema } from './schemas.js';
import { showMe } from './showMe.js';

/** Who the staff are, and what they did. */
export function registerStaffRoutes(guards: Guards, { stores, passwords, tokens, throttle }: AdminDeps): void {
  const { open, viewer, admin, staffAuth, addressLimit, body } = guards;
  const { sequelize } = stores;
  const login = createLogin({ sequelize, passwords, tokens, throttle });

  open.post('/admin/login', addressLimit('admin-login'), body(loginSchema), login);
  open.get('/admin/auth/refresh_token', staffAuth.refresh, createRefreshToken(tokens));
  viewer.get('/admin/me', showMe);
  admin.post('/admin/admins', body(newAdminSchema), createCreateAdmin(stores, passwords));
  viewer.get('/admin/audit-log', query(pageSchema), createListAuditLog(stores));
}
