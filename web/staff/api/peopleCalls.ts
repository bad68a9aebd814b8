import type {
  AdminAnswer,
  NewUser,
  Page,
  StaffAnswer,
  StaffChange,
  StaffListAnswer,
  UserAnswer,
  UserFilter,
  UsersAnswer,
} from '../../../src/client/answers.js';
import type { StaffRole } from '../../../src/domain/staffRole.js';
import { part, type Caller } from './createCaller.js';

/** Shoppers and staff. */
export function peopleCalls({ get, send }: Caller) {
  return {
    listUsers: (filter: UserFilter & Page = {}) => get<UsersAnswer>('/users', { ...filter }),
    showUser: (id: string) => get<UserAnswer>(`/users/${part(id)}`),
    createUser: (user: NewUser) => send<UserAnswer>('POST', '/users', user),
    /** Puts the user on the deny list, which rules with `untrustworthy` ask. */
    denyUser: (id: string, reason: string) => send<UserAnswer>('POST', `/users/${part(id)}/deny`, { reason }),
    /** Locks the account, and puts it on the deny list too. */
    blockUser: (id: string, reason: string) =>
      send<UserAnswer>('POST', `/users/${part(id)}/block`, { reason, deny: true }),
    /** Lifts the lock and the entry in the deny list. */
    unblockUser: (id: string) => send<UserAnswer>('DELETE', `/users/${part(id)}/block?deny=true`),

    listAdmins: () => get<StaffListAnswer>('/admins'),
    createAdmin: (username: string, password: string, role: StaffRole) =>
      send<AdminAnswer>('POST', '/admins', { username, password, role }),
    changeAdmin: (id: string, change: StaffChange) => send<StaffAnswer>('PUT', `/admins/${part(id)}`, change),
    /** Somebody else's. */
    resetPassword: (id: string, password: string) =>
      send<StaffAnswer>('PUT', `/admins/${part(id)}/password`, { password }),
  };
}
