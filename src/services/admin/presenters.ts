import type { StaffRole } from '../../domain/staffRole.js';
import type { CommodityView, EventAudit, OrderView, QueueView, StaffEventView } from '../../domain/wire.js';
import type { StoredAuditRecord } from '../../stores/mysql/auditLog.js';
import type { StoredCommodity } from '../../stores/mysql/commodities.js';
import type { StoredUser } from '../../stores/mysql/users.js';

const status = 'success';

export function presentStaffToken(token: { token: string; expire: string }, role: StaffRole) {
  return { status, ...token, role };
}

export function presentAdmin({ id, username, role }: { id: string; username: string; role: StaffRole }) {
  return { status, admin: { id, username, role } };
}

export function presentEvent(event: StaffEventView) {
  return { status, event };
}

export function presentEvents(events: StaffEventView[], next: string | null) {
  return { status, events, next };
}

export function presentDeleted(id: string) {
  return { status, id };
}

export function presentCommodity(commodity: StoredCommodity) {
  return { status, commodity: viewCommodity(commodity) };
}

export function presentCommodities(commodities: readonly StoredCommodity[], next: string | null) {
  return { status, commodities: commodities.map(viewCommodity), next };
}

export function presentOrder(order: OrderView) {
  return { status, order };
}

export function presentOrders(orders: OrderView[], next: string | null) {
  return { status, orders, next };
}

export function presentQueues(queues: QueueView[]) {
  return { status, queues };
}

export function presentAudit(events: EventAudit[]) {
  return { status, ok: events.every((event) => event.ok), events };
}

export function presentAuditLog(records: readonly StoredAuditRecord[], next: string | null) {
  return { status, entries: records.map((record) => ({ ...record, at: record.at.toISOString() })), next };
}

export function presentUser(user: StoredUser) {
  return { status, user: viewUser(user) };
}

export function presentUsers(users: readonly StoredUser[], next: string | null) {
  return { status, users: users.map(viewUser), next };
}

function viewCommodity(commodity: StoredCommodity): CommodityView {
  const { createdAt, updatedAt } = commodity;
  return { ...commodity, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}

/** Of the national id only its end: staff compare it with a document, and nobody needs more of it. */
function viewUser({ nationalIdLast4, blockedAt, createdAt, ...user }: StoredUser) {
  return {
    ...user,
    nationalId: nationalIdLast4 === null ? null : `…${nationalIdLast4}`,
    blockedAt: blockedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}
