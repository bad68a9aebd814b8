import type { StaffRole } from '../../../domain/staffRole.js';
import type { StoredAuditRecord } from '../../../stores/mysql/auditLog.js';

const status = 'success';

export function presentStaffToken(token: { token: string; expire: string }, role: StaffRole) {
  return { status, ...token, role };
}

export function presentAdmin({ id, username, role }: { id: string; username: string; role: StaffRole }) {
  return { status, admin: { id, username, role } };
}

export function presentAuditLog(records: readonly StoredAuditRecord[], next: string | null) {
  return { status, entries: records.map((record) => ({ ...record, at: record.at.toISOString() })), next };
}
