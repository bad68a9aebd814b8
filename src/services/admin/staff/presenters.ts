import type { StaffRole } from '../../../domain/staffRole.js';
import type { StaffView } from '../../../domain/wire.js';
import type { StoredAdmin } from '../../../stores/mysql/admins.js';
import type { StoredAuditRecord } from '../../../stores/mysql/auditLog.js';

const status = 'success';

export function presentStaffToken(token: { token: string; expire: string }, role: StaffRole) {
  return { status, ...token, role };
}

export function presentAdmin({ id, username, role }: { id: string; username: string; role: StaffRole }) {
  return { status, admin: { id, username, role } };
}

export function presentStaff(admin: StoredAdmin) {
  return { status, admin: viewStaff(admin) };
}

export function presentStaffList(admins: readonly StoredAdmin[]) {
  return { status, admins: admins.map(viewStaff) };
}

export function presentAuditLog(records: readonly StoredAuditRecord[], next: string | null) {
  return { status, entries: records.map((record) => ({ ...record, at: record.at.toISOString() })), next };
}

function viewStaff({ id, username, role, disabledAt, createdAt, passwordChangedAt }: StoredAdmin): StaffView {
  return {
    id,
    username,
    role,
    disabledAt: disabledAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    passwordChangedAt: passwordChangedAt?.toISOString() ?? null,
  };
}
