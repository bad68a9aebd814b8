import type { StaffRole } from '../../domain/staffRole.js';
import type { AdminAnswer, AuditLogAnswer, Page, StaffTokenAnswer } from '../answers.js';
import type { Calls } from './calls.js';

export function staffCalls({ get, send }: Calls) {
  return {
    login: (username: string, password: string) => send<StaffTokenAnswer>('POST', '/login', { username, password }),
    refreshToken: () => get<StaffTokenAnswer>('/auth/refresh_token'),
    me: () => get<AdminAnswer>('/me'),
    createAdmin: (username: string, password: string, role: StaffRole) =>
      send<AdminAnswer>('POST', '/admins', { username, password, role }),
    listAuditLog: (page: Page = {}) => get<AuditLogAnswer>('/audit-log', { ...page }),
  };
}
