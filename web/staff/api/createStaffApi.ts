import type { StaffSession } from '../session/createStaffSession.js';
import { accountCalls } from './accountCalls.js';
import { createCaller } from './createCaller.js';
import { eventCalls } from './eventCalls.js';
import { peopleCalls } from './peopleCalls.js';
import { ruleCalls } from './ruleCalls.js';
import { saleCalls } from './saleCalls.js';
import { truthCalls } from './truthCalls.js';

export type StaffApi = ReturnType<typeof createStaffApi>;

/** What the staff ask, one function a route of the admin service. */
export function createStaffApi(session: StaffSession) {
  const caller = createCaller(session);
  return {
    ...accountCalls(caller),
    ...eventCalls(caller),
    ...ruleCalls(caller),
    ...saleCalls(caller),
    ...peopleCalls(caller),
    ...truthCalls(caller),
  };
}
