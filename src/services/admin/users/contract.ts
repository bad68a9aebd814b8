import { exampleNewUser, exampleTime, exampleUser } from '../../../http/openapi/examples.js';
import { answers, type Contract } from '../../../http/openapi/routeDescription.js';

const user = exampleUser;
const denied = { ...user, deniedReason: 'resells' };
const blocked = { ...user, blockedAt: exampleTime, blockedBy: 'admin', blockedReason: 'asked for it' };

export const shopperContract: Contract = {
  tag: 'Shoppers',
  description: 'The shoppers, as staff see them. What is changed is in force at once.',
  routes: {
    'GET /admin/users': {
      operationId: 'listUsers',
      summary: 'The newest first',
      answers: answers('UsersAnswer', { users: [user], next: null }),
    },
    'GET /admin/users/:id': {
      operationId: 'showUser',
      summary: 'One of them',
      id: 'user',
      answers: answers('UserAnswer', { user }),
      refusals: ['NOT_FOUND'],
    },
    'POST /admin/users': {
      operationId: 'createUser',
      summary: 'Register somebody',
      body: exampleNewUser,
      answers: answers('UserAnswer', { user }, { status: 201, description: 'Made.' }),
      refusals: ['PHONE_TAKEN', 'OVERLOADED'],
    },
    'POST /admin/users/bulk': {
      operationId: 'createUsers',
      summary: 'Register up to 200',
      description: 'Whose phone number is registered stays as they are, so it can be sent again whatever became of it.',
      body: { users: [exampleNewUser], dryRun: false },
      answers: answers('NewUsersAnswer', {
        dryRun: false,
        created: 1,
        existing: 0,
        users: [{ phone: user.phone, id: user.id, isNew: true }],
      }),
      refusals: ['OVERLOADED'],
    },
    'POST /admin/users/:id/deny': {
      operationId: 'denyUser',
      summary: 'Onto the deny list, which rules with `untrustworthy` ask',
      id: 'user',
      body: { reason: 'resells' },
      answers: answers('UserAnswer', { user: denied }),
      refusals: ['NOT_FOUND'],
    },
    'DELETE /admin/users/:id/deny': {
      operationId: 'allowUser',
      summary: 'Off the deny list',
      id: 'user',
      answers: answers('UserAnswer', { user }),
      refusals: ['NOT_FOUND'],
    },
    'POST /admin/users/:id/block': {
      operationId: 'blockUser',
      summary: 'Lock the account',
      description: 'It can neither log in nor buy. With `deny` it comes onto the deny list too.',
      id: 'user',
      body: { reason: 'asked for it' },
      answers: answers('UserAnswer', { user: blocked }),
      refusals: ['NOT_FOUND'],
    },
    'DELETE /admin/users/:id/block': {
      operationId: 'unblockUser',
      summary: 'Unlock the account',
      id: 'user',
      answers: answers('UserAnswer', { user }),
      refusals: ['NOT_FOUND'],
    },
  },
};
