import type { StaffRole } from '../../domain/staffRole.js';
import type {
  AdminAnswer,
  AuditLogAnswer,
  AuditLogFilter,
  Page,
  StaffAnswer,
  StaffChange,
  StaffListAnswer,
  StaffTokenAnswer,
} from '../answers.js';
import { part, type Calls } from './calls.js';

export function staffCalls({ get, send }: Calls) {
  return {
    login: (username: string, password: string) => send<StaffTokenAnswer>('POST', '/login', { username, password }),
    refreshToken: () => get<StaffTokenAnswer>('/auth/refresh_token'),
    me: () => get<AdminAnswer>('/me'),
    /** Makes every token from before void, the one of this client too; answers a new one. */
    changeOwnPassword: (oldPassword: string, newPassword: string) =>
      send<StaffTokenAnswer>('PUT', '/me/password', { oldPassword, newPassword }),
    listAdmins: () => get<StaffListAnswer>('/admins'),
    createAdmin: (username: string, password: string, role: StaffRole) =>
      send<AdminAnswer>('POST', '/admins', { username, password, role }),
    changeAdmin: (id: string, change: StaffChange) => send<StaffAnswer>('PUT', `/admins/${part(id)}`, change),
    /** Somebody else's. */
    resetPassword: (id: string, password: string) =>
      send<StaffAnswer>('PUT', `/admins/${part(id)}/password`, { password }),
    listAuditLog: (filter: AuditLogFilter & Page = {}) => get<AuditLogAnswer>('/audit-log', { ...filter }),
  };
}
