import type { StoredUser } from '../../../stores/mysql/users.js';

const status = 'success';

export function presentUser(user: StoredUser) {
  return { status, user: viewUser(user) };
}

export function presentUsers(users: readonly StoredUser[], next: string | null) {
  return { status, users: users.map(viewUser), next };
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
