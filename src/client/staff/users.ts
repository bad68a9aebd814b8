import type { NewUser, NewUsersAnswer, Page, UserAnswer, UserFilter, UsersAnswer } from '../answers.js';
import { part, type Calls } from './calls.js';

/** Each user of a bulk request costs about a tenth of a second of the service. */
const BULK_TIMEOUT_MS = 120_000;

export function userCalls({ get, send }: Calls) {
  return {
    listUsers: (filter: UserFilter & Page = {}) => get<UsersAnswer>('/users', { ...filter }),
    showUser: (id: string) => get<UserAnswer>(`/users/${part(id)}`),
    createUser: (user: NewUser) => send<UserAnswer>('POST', '/users', user),
    /** At most 200. Whose phone number is registered stays as they are. */
    createUsers: (users: readonly NewUser[], { dryRun = false } = {}) =>
      send<NewUsersAnswer>('POST', '/users/bulk', { users, dryRun }, { answerTimeoutMs: BULK_TIMEOUT_MS }),
    /** Puts the user on the deny list, which rules with `untrustworthy` ask. */
    denyUser: (id: string, reason: string) => send<UserAnswer>('POST', `/users/${part(id)}/deny`, { reason }),
    allowUser: (id: string) => send<UserAnswer>('DELETE', `/users/${part(id)}/deny`),
    /** Locks the account; with `deny`, for which a reason is needed, it comes onto the deny list too. */
    blockUser: (id: string, block: { reason?: string; deny?: boolean } = {}) =>
      send<UserAnswer>('POST', `/users/${part(id)}/block`, block),
    /** Lifts the lock, and with `deny` the entry in the deny list too. */
    unblockUser: (id: string, { deny = false } = {}) =>
      send<UserAnswer>('DELETE', `/users/${part(id)}/block${deny ? '?deny=true' : ''}`),
  };
}
