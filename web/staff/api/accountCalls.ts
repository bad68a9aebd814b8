import type { StaffTokenAnswer } from '../../../src/client/answers.js';
import type { Caller } from './createCaller.js';

/** Oneself. */
export function accountCalls({ send }: Caller) {
  return {
    /** Makes every token from before void, this page's too; answers a new one. */
    changeOwnPassword: (oldPassword: string, newPassword: string) =>
      send<StaffTokenAnswer>('PUT', '/me/password', { oldPassword, newPassword }),
  };
}
