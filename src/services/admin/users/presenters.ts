import type { NewUserOutcome } from '../../../domain/wire.js';
import type { StoredUser } from '../../../stores/mysql/users.js';

const status = 'success';

export function presentUser(user: StoredUser) {
  return { status, user: viewUser(user) };
}

export function presentUsers(users: readonly StoredUser[], next: string | null) {
  return { status, users: users.map(viewUser), next };
}

export function presentNewUsers(users: readonly NewUserOutcome[], dryRun: boolean) {
  const created = users.filter(({ isNew }) => isNew).length;
  return { status, dryRun, created, existing: users.length - created, users };
}

/** Of the national id only its end: staff compare it with a document, and nobody needs more of it. */
export function viewNationalId(last4: string | null): string | null {
  return last4 === null ? null : `…${last4}`;
}

function viewUser({ nationalIdLast4, blockedAt, createdAt, ...user }: StoredUser) {
  return {
    ...user,
    nationalId: viewNationalId(nationalIdLast4),
    blockedAt: blockedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}
