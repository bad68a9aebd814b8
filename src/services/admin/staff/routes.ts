import { query } from '../../../http/validate.js';
import type { AdminDeps } from '../adminDeps.js';
import type { Guards } from '../guards.js';
import { createChangeAdmin } from './changeAdmin.js';
import { createChangeOwnPassword } from './changeOwnPassword.js';
import { createCreateAdmin } from './createAdmin.js';
import { createListAdmins } from './listAdmins.js';
import { createListAuditLog } from './listAuditLog.js';
import { createLogin } from './login.js';
import { createRefreshToken } from './refreshToken.js';
import { createResetPassword } from './resetPassword.js';
import {
  adminChangeSchema,
  auditLogSchema,
  loginSchema,
  newAdminSchema,
  ownPasswordSchema,
  passwordResetSchema,
} from './schemas.js';
import { showMe } from './showMe.js';

/** Who the staff are, and what they did. */
export function registerStaffRoutes(guards: Guards, { stores, passwords, tokens, throttle }: AdminDeps): void {
  const { open, viewer, admin, staffAuth, addressLimit, body } = guards;
  const { sequelize } = stores;
  const login = createLogin({ sequelize, passwords, tokens, throttle });
  const changeOwnPassword = createChangeOwnPassword(stores, { passwords, tokens, throttle });

  open.post('/admin/login', addressLimit('admin-login'), body(loginSchema), login);
  open.get('/admin/auth/refresh_token', staffAuth.refresh, createRefreshToken(tokens));
  viewer.get('/admin/me', showMe);
  viewer.put('/admin/me/password', body(ownPasswordSchema), changeOwnPassword);
  admin.get('/admin/admins', createListAdmins(stores));
  admin.post('/admin/admins', body(newAdminSchema), createCreateAdmin(stores, passwords));
  admin.put('/admin/admins/:id', body(adminChangeSchema), createChangeAdmin(stores));
  admin.put('/admin/admins/:id/password', body(passwordResetSchema), createResetPassword(stores, passwords));
  viewer.get('/admin/audit-log', query(auditLogSchema), createListAuditLog(stores));
}
