import type { AllowedUserView, AllowListChangeView } from '../../../domain/wire/rules.js';
import type { AllowedUser } from '../../../stores/mysql/allowList.js';

const status = 'success';

export function presentAllowList(
  users: readonly AllowedUser[],
  { next, ...list }: { total: number; inRule: boolean; next: string | null },
) {
  return { status, users: users.map(viewUser), ...list, next };
}

function viewUser({ id, phone, name, createdBy, createdAt }: AllowedUser): AllowedUserView {
  return { userId: id, phone, name, allowedBy: createdBy, allowedAt: createdAt.toISOString() };
}

export function presentAllowListChange(change: AllowListChangeView) {
  return { status, ...change };
}
