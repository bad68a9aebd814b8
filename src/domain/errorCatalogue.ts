import type { RefusalDetails } from './refusalDetails.js';

/**
 * Every refusal a client of the services can receive, in one place: the HTTP status, the text a person reads and what to do
 * next. `docs/errors.md` is generated from this table, so a code that is not here does not exist.
 *
 * A store that is down has codes of its own (`STORE_UNAVAILABLE`, `STOCK_REBUILDING`): it is never reported as `SOLD_OUT`.
 */
export const errorCatalogue = {
  BAD_JSON: {
    status: 400,
    msg: 'the body is not valid JSON',
    next: 'Send a JSON object with Content-Type: application/json.',
  },
  BAD_INPUT: {
    status: 400,
    msg: 'the input is not valid',
    next: 'Correct the fields named in "issues" and send it again.',
  },
  BODY_TOO_LARGE: {
    status: 413,
    msg: 'the body is too large',
    next: 'Send a smaller body; the limit is in "limitBytes".',
  },
  BAD_RULE: { status: 400, msg: 'the rule is not valid', next: 'Correct the rule at the place named in "issues".' },
  UNAUTHENTICATED: {
    status: 401,
    msg: 'log in first',
    next: 'Log in and send the token as "Authorization: Bearer TOKEN".',
  },
  TOKEN_EXPIRED: { status: 401, msg: 'the token has expired', next: 'Refresh the token or log in again.' },
  TOKEN_INVALID: { status: 401, msg: 'the token is not valid here', next: 'Log in again at this service.' },
  BAD_CREDENTIALS: { status: 401, msg: 'the name or the password is wrong', next: 'Check both and try again.' },
  FORBIDDEN: { status: 403, msg: 'you may not do this', next: 'Ask an admin for a role that may.' },
  NOT_ELIGIBLE: { status: 403, msg: 'you may not buy in this event', next: 'See "reason" for the rule that decided.' },
  BLOCKED: { status: 403, msg: 'this account is blocked', next: 'Ask the shop.' },
  TICKET_INVALID: {
    status: 403,
    msg: 'the ticket is not valid for you',
    next: 'Fetch a ticket of your own: GET /spike/:id.',
  },
  TICKET_EXPIRED: { status: 403, msg: 'the ticket has expired', next: 'Fetch a new ticket: GET /spike/:id.' },
  NOT_FOUND: { status: 404, msg: 'not found', next: 'Check the id.' },
  ROUTE_NOT_FOUND: { status: 404, msg: 'no such route', next: 'See the HTTP API page of the docs.' },
  METHOD_NOT_ALLOWED: {
    status: 405,
    msg: 'this route does not take that method',
    next: 'Use a method from the Allow header.',
  },
  SOLD_OUT: { status: 409, msg: 'sold out', next: 'A cancelled order may return a unit; try again later.' },
  ALREADY_ORDERED: {
    status: 409,
    msg: 'you already have an order',
    next: 'See it: GET /order/:id with the "orderId".',
  },
  LIMIT_REACHED: { status: 409, msg: 'you have reached the purchase limit', next: 'Cancel an order to buy again.' },
  PHONE_TAKEN: { status: 409, msg: 'this phone number is registered', next: 'Log in instead.' },
  NAME_TAKEN: { status: 409, msg: 'this name is taken', next: 'Choose another name.' },
  LAST_ADMIN: {
    status: 409,
    msg: 'nobody else can manage the staff',
    next: 'Make somebody else an admin first, then try again.',
  },
  ORDER_NOT_PAYABLE: {
    status: 409,
    msg: 'the order cannot be paid',
    next: 'See "state"; only an ordered order can be paid.',
  },
  ORDER_NOT_CANCELLABLE: {
    status: 409,
    msg: 'the order cannot be cancelled',
    next: 'See "state"; only an ordered order can be cancelled.',
  },
  ORDER_NOT_REFUNDABLE: {
    status: 409,
    msg: 'the order cannot be refunded',
    next: 'See "state"; only a paid order can be refunded.',
  },
  ORDER_STILL_PENDING: { status: 409, msg: 'the order is still on its way', next: 'Try again in a moment.' },
  EVENT_EXISTS: {
    status: 409,
    msg: 'there is an event of this key',
    next: 'See the event with the "eventId", or choose another key.',
  },
  EVENT_HAS_ORDERS: { status: 409, msg: 'the event has orders', next: 'Close it instead of deleting it.' },
  COMMODITY_IN_USE: {
    status: 409,
    msg: 'the commodity is in use',
    next: 'Rename it: an event that was ever made keeps what it sold.',
  },
  BUSY: { status: 409, msg: 'somebody else is at it', next: 'Try again in some seconds.' },
  EVENT_STATE: {
    status: 409,
    msg: 'the event is not in a state for this',
    next: 'See "state"; what is closed stays closed, and what has ended sells again only with a later end.',
  },
  NOT_ENOUGH_FREE: {
    status: 409,
    msg: 'not that many units are free',
    next: 'Take at most the units in "available"; reserved and sold ones stay.',
  },
  EVENT_OVERSOLD: {
    status: 409,
    msg: 'the orders of the event hold more units than it, or a user, may have',
    next: 'Audit the event, cancel or refund the orders that it names, then try again.',
  },
  EVENT_ENDED: { status: 410, msg: 'the event has ended', next: 'Look for another event.' },
  EVENT_NOT_STARTED: { status: 425, msg: 'the event has not started', next: 'Try again at "startsAt".' },
  TOO_MANY_REQUESTS: { status: 429, msg: 'too many requests', next: 'Wait for the seconds in Retry-After.' },
  INTERNAL: { status: 500, msg: 'an error on our side', next: 'Report it with the "requestId".' },
  EVENT_PAUSED: { status: 503, msg: 'the event is paused', next: 'Try again after the seconds in Retry-After.' },
  OVERLOADED: {
    status: 503,
    msg: 'too many requests are waiting',
    next: 'Try again after the seconds in Retry-After.',
  },
  STOCK_REBUILDING: {
    status: 503,
    msg: 'the stock is being rebuilt',
    next: 'Try again after the seconds in Retry-After.',
  },
  NO_CONSUMER: {
    status: 503,
    msg: 'no order service takes orders from the queue',
    next: 'Start an order service, then try again.',
  },
  STORE_UNAVAILABLE: {
    status: 503,
    msg: 'a store is not reachable',
    next: 'Try again after the seconds in Retry-After.',
  },
  SHUTTING_DOWN: {
    status: 503,
    msg: 'this process is shutting down',
    next: 'Try again at once; another process answers.',
  },
} as const satisfies Record<string, { status: number; msg: string; next: string }>;

export type ErrorCode = keyof typeof errorCatalogue;

/** The codes whose answers say in Retry-After when it is worth to ask again; no other answer has that header. */
export const retriedCodes: readonly ErrorCode[] = [
  'EVENT_NOT_STARTED',
  'TOO_MANY_REQUESTS',
  'EVENT_PAUSED',
  'OVERLOADED',
  'STOCK_REBUILDING',
  'STORE_UNAVAILABLE',
];

/** What a refusal is made from. The details may be left out where none is needed. */
type RefusalArguments =
  | [
      code: Exclude<ErrorCode, keyof RefusalDetails>,
      details?: Readonly<Record<string, never>>,
      retryAfterSeconds?: number,
    ]
  | {
      [Code in keyof RefusalDetails]: Partial<RefusalDetails[Code]> extends RefusalDetails[Code]
        ? [code: Code, details?: RefusalDetails[Code], retryAfterSeconds?: number]
        : [code: Code, details: RefusalDetails[Code], retryAfterSeconds?: number];
    }[keyof RefusalDetails];

/**
 * A refusal with a code from the catalogue. Whoever throws it has told the client everything it may know: `details` is
 * sent as it is (merged into the JSON answer), `retryAfterSeconds` becomes the Retry-After header.
 */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly details: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds: number | undefined;

  constructor(...[code, details = {}, retryAfterSeconds]: RefusalArguments) {
    super(errorCatalogue[code].msg);
    this.name = 'Refusal';
    this.code = code;
    this.status = errorCatalogue[code].status;
    this.details = details as Readonly<Record<string, unknown>>;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
