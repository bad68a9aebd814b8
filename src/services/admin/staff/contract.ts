import { exampleStaff, exampleTime, exampleToken } from '../../../http/openapi/examples.js';
import { answers, type Contract } from '../../../http/openapi/routeDescription.js';

const { id, username, role } = exampleStaff;

export const staffContract: Contract = {
  tag: 'Staff',
  description: 'Who the staff are, and what they did.',
  routes: {
    'POST /admin/login': {
      operationId: 'staffLogin',
      summary: 'Log in',
      description: 'Limited by address, and by name after some failures.',
      body: { username, password: 'a long password' },
      answers: answers('StaffTokenAnswer', { ...exampleToken, role }),
      refusals: ['BAD_CREDENTIALS', 'BLOCKED', 'OVERLOADED'],
    },
    'GET /admin/auth/refresh_token': {
      operationId: 'staffRefreshToken',
      summary: 'Exchange the token for a new one',
      description:
        'Also for one that has expired, as long as its refresh window is open. The role is the one that is theirs now.',
      answers: answers('StaffTokenAnswer', { ...exampleToken, role }),
    },
    'GET /admin/me': {
      operationId: 'me',
      summary: 'Who the token speaks for',
      answers: answers('AdminAnswer', { admin: { id, username, role } }),
    },
    'PUT /admin/me/password': {
      operationId: 'changeOwnPassword',
      summary: "Change one's own password",
      description:
        'Every token from before is void at once; the answer brings a new one. Guesses at the old password count as those at the login do.',
      body: { oldPassword: 'a long password', newPassword: 'a longer password' },
      answers: answers('StaffTokenAnswer', { ...exampleToken, role }),
      refusals: ['BAD_CREDENTIALS', 'TOO_MANY_REQUESTS', 'NOT_FOUND', 'OVERLOADED'],
    },
    'GET /admin/admins': {
      operationId: 'listAdmins',
      summary: 'All of the staff, by name',
      answers: answers('StaffListAnswer', { admins: [exampleStaff] }),
    },
    'POST /admin/admins': {
      operationId: 'createAdmin',
      summary: 'Somebody new',
      body: { username, password: 'a long password', role },
      answers: answers('AdminAnswer', { admin: { id, username, role } }, { status: 201, description: 'Made.' }),
      refusals: ['NAME_TAKEN', 'OVERLOADED'],
    },
    'PUT /admin/admins/:id': {
      operationId: 'changeAdmin',
      summary: 'Another role, or no login any more',
      description: 'In force with the next request of whoever it is about. The last admin who can log in stays one.',
      id: 'member of staff',
      body: { role: 'viewer' },
      answers: answers('StaffAnswer', { admin: { ...exampleStaff, role: 'viewer' } }),
      refusals: ['NOT_FOUND', 'LAST_ADMIN'],
    },
    'PUT /admin/admins/:id/password': {
      operationId: 'resetPassword',
      summary: "Set somebody else's password",
      description: 'Every token of theirs is void at once.',
      id: 'member of staff',
      body: { password: 'another password' },
      answers: answers('StaffAnswer', { admin: { ...exampleStaff, passwordChangedAt: exampleTime } }),
      refusals: ['NOT_FOUND', 'OVERLOADED'],
    },
    'GET /admin/audit-log': {
      operationId: 'listAuditLog',
      summary: 'Who changed what, the newest first',
      answers: answers('AuditLogAnswer', {
        entries: [
          {
            id: '6',
            at: exampleTime,
            actor: 'admin',
            action: 'event.resume',
            targetType: 'event',
            targetId: '7',
            before: { paused: true },
            after: { paused: false },
            requestId: 'k3hQ0x9a-4',
          },
        ],
        next: null,
      }),
    },
  },
};
