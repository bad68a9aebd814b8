import type { Page, UserAnswer, UsersAnswer } from '../answers.js';
import { part, type Calls } from './calls.js';

export function userCalls({ get, send }: Calls) {
  return {
    listUsers: (filter: { phone?: string } & Page = {}) => get<UsersAnswer>('/users', { ...filter }),
    showUser: (id: string) => get<UserAnswer>(`/users/${part(id)}`),
    /** Puts the user on the deny list, which rules with `untrustworthy` ask. */
    denyUser: (id: string, reason: string) => send<UserAnswer>('POST', `/users/${part(id)}/deny`, { reason }),
    allowUser: (id: string) => send<UserAnswer>('DELETE', `/users/${part(id)}/deny`),
    /** Locks the account. */
    blockUser: (id: string) => send<UserAnswer>('POST', `/users/${part(id)}/block`),
    unblockUser: (id: string) => send<UserAnswer>('DELETE', `/users/${part(id)}/block`),
  };
}
