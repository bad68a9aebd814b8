import {
  exampleIds,
  exampleNewUser,
  exampleOrder,
  exampleShopEvent,
  exampleTime,
  exampleToken,
} from '../../http/openapi/examples.js';
import { answers, type Contract } from '../../http/openapi/routeDescription.js';

export const accountContract: Contract = {
  tag: 'Accounts',
  description: 'How a shopper comes by a token.',
  routes: {
    'POST /users/register': {
      operationId: 'register',
      summary: 'Register a shopper, who is logged in at once',
      body: exampleNewUser,
      answers: answers('RegisterAnswer', { ...exampleToken, userId: exampleIds.user }),
      refusals: ['PHONE_TAKEN', 'OVERLOADED'],
    },
    'POST /users/login': {
      operationId: 'login',
      summary: 'Log in',
      description:
        'A wrong password and an unknown phone number are refused alike. Attempts are counted by address and by phone number; while Redis, which counts them, is away, nobody logs in.',
      body: { phone: exampleNewUser.phone, password: exampleNewUser.password },
      answers: answers('TokenAnswer', exampleToken),
      refusals: ['BAD_CREDENTIALS', 'BLOCKED', 'OVERLOADED'],
    },
    'GET /users/auth/refresh_token': {
      operationId: 'refreshToken',
      summary: 'Exchange the token for a new one',
      description: 'Also for one that has expired, as long as its refresh window is open.',
      answers: answers('TokenAnswer', exampleToken),
      refusals: ['BLOCKED'],
    },
  },
};

export const eventContract: Contract = {
  tag: 'Events',
  description: 'What shoppers see of the sale events.',
  routes: {
    'GET /users/spike/all': {
      operationId: 'listEvents',
      summary: 'The sale events, the newest first',
      description: '`serverTime` lets a page count down by the clock that decides. At most half a second old.',
      answers: answers('ShopEventsAnswer', { events: [exampleShopEvent], next: null, serverTime: exampleTime }),
    },
    'GET /users/spike/:id': {
      operationId: 'showEvent',
      summary: 'One sale event',
      id: 'event',
      answers: answers('ShopEventAnswer', { event: exampleShopEvent, serverTime: exampleTime }),
      refusals: ['NOT_FOUND'],
    },
    'GET /users/spike/access/:id': {
      operationId: 'checkAccess',
      summary: 'Whether this user may buy in the event, and if not, why',
      id: 'event',
      answers: answers('AccessAnswer', { eligible: true, reason: null }),
      refusals: ['NOT_FOUND', 'OVERLOADED'],
    },
    'GET /users/spike/order/:id': {
      operationId: 'listEventOrders',
      summary: "The user's own orders in one event",
      id: 'event',
      answers: answers('OrdersAnswer', { orders: [exampleOrder], next: null }),
      refusals: ['NOT_FOUND'],
    },
  },
};

export const internalUserContract: Contract = {
  tag: 'Between the services',
  description: 'What one service asks another, with the token that they share. The ingress routes none of it.',
  isInternal: true,
  routes: {
    'POST /users/internal/test-tokens': {
      operationId: 'issueTestTokens',
      summary: 'Tokens of test buyers, for the admin service',
      description: 'Of a user who is no test buyer, or is blocked, there is none in the answer.',
      body: { userIds: [exampleIds.user] },
      answers: answers('TestTokensAnswer', { tokens: [{ userId: exampleIds.user, ...exampleToken }] }),
    },
  },
};
