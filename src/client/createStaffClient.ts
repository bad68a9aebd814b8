import { createHttp, type HttpOptions } from './createHttp.js';
import { createCalls } from './staff/calls.js';
import { commodityCalls } from './staff/commodities.js';
import { eventCalls } from './staff/events.js';
import { limitCalls } from './staff/limits.js';
import { liveCalls } from './staff/live.js';
import { orderCalls } from './staff/orders.js';
import { queueCalls } from './staff/queues.js';
import { ruleCalls } from './staff/rules.js';
import { staffCalls } from './staff/staff.js';
import { testBuyerCalls } from './staff/testBuyers.js';
import { truthCalls } from './staff/truth.js';
import { userCalls } from './staff/users.js';

export type StaffClient = ReturnType<typeof createStaffClient>;

export interface StaffClientOptions extends HttpOptions {
  /** Undefined before login. */
  token?: string | undefined;
}

/** What staff can do, one function a route, as one member of staff. */
export function createStaffClient({ token, ...options }: StaffClientOptions) {
  const http = createHttp(options);
  const calls = createCalls(http, token);
  return {
    ...staffCalls(calls),
    ...eventCalls(calls),
    ...ruleCalls(calls),
    ...commodityCalls(calls),
    ...limitCalls(calls),
    ...orderCalls(calls),
    ...userCalls(calls),
    ...testBuyerCalls(calls),
    ...queueCalls(calls),
    ...truthCalls(calls),
    ...liveCalls(calls, http, token),
    close: () => http.close(),
  };
}
